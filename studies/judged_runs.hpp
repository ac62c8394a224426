// The verdict of one case again and again, a seed each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/case_file.hpp"
#include "studies/share.hpp"
#include "verification/mean_agreement.hpp"

namespace fpk::studies {

struct JudgedRun {
  std::uint64_t seed = 0;
  bool alarm = false;                                     ///< a statistical claim fails
  std::vector<std::string> refuted;                       ///< names of all claims that fail
  std::vector<verification::MeanComparison> comparisons;  ///< what the statistical claim is made of
};

/// Seeds first, first + 1, ... of `fpk run` without pictures. `process` moves the particles: the case's own, or one with
/// a planted error.
std::vector<JudgedRun> judged_runs(const io::Case& problem, const model::Process& process,
                                   std::uint64_t first, std::size_t seeds);

/// Runs that raise a statistical alarm.
Share alarms(const std::vector<JudgedRun>& runs);

}  // namespace fpk::studies
