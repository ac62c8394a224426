// The spectral gap for the report of a run: the rate at which its density forgets where it started.
#pragma once

#include <optional>
#include <string>

#include "io/case_file.hpp"

namespace fpk::app {

struct StationaryGap {
  double value = 0;
  std::string remark;  ///< on which grid it was found
};

/// Of the case's grid, or of a coarser one where that has more cells than a run should wait for; every process computes
/// it whole, so it is the same bits on any number. Nothing where the process has none, or the eigensolver fails: a run
/// does not depend on it.
std::optional<StationaryGap> stationary_gap(const io::Case& problem);

}  // namespace fpk::app
