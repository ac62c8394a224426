// Quantities at each observation time.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fpk::io {

/// standard_error is empty where there is no sampling.
struct Series {
  std::vector<double> value;
  std::vector<double> standard_error;
};

using NamedSeries = std::vector<std::pair<std::string, Series>>;  ///< in the order of the case file

}  // namespace fpk::io
