// What `--over key=[v1, v2, ...]` asks for: every combination of the values, those of the last key changing fastest.
#pragma once

#include <string>
#include <vector>

#include "io/sweep_record.hpp"

namespace fpk::app {

/// Runs of a sweep at most: a list or a product that is longer is a slip more often than a wish.
constexpr std::size_t most_runs = 1000;

struct SweepPlan {
  std::vector<io::SweptKey> keys;

  [[nodiscard]] std::size_t runs() const;
  /// Of each key in run number `run`, from 0.
  [[nodiscard]] std::vector<std::string> values(std::size_t run) const;
  /// The same as overrides, "key=value".
  [[nodiscard]] std::vector<std::string> overrides(std::size_t run) const;
};

/// From the texts of --over. Values are split at the commas that no bracket and no quote encloses; each is read as one of --set.
/// Throws WrongUsage where a text is no list, a key comes twice, or there are too many runs.
SweepPlan read_plan(const std::vector<std::string>& over);

}  // namespace fpk::app
