// The long study of the verdict as tables, which grow by a row at a time.
#pragma once

#include <filesystem>

namespace fpk::studies {

struct StudySettings {
  std::size_t seeds = 1000;
  std::filesystem::path cases = "data/cases", folder = "out/calibration";  ///< read from, written to
};

/// False alarms and the bulk of the statistic over `seeds` seeds of each small case: sound.csv, comparisons.csv.
void write_false_alarms(const StudySettings& settings);

/// Share of planted errors that are caught, over a tenth of the seeds: power.csv, smallest.csv.
void write_power(const StudySettings& settings);

/// Coverage of the intervals of `fpk converge`: weak_order.csv.
void write_weak_order(const StudySettings& settings);

}  // namespace fpk::studies
