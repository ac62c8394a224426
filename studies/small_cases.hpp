// Shipped cases made small enough to be run a thousand times: fewer particles, cells and observations.
#pragma once

#include <string>
#include <vector>

#include "io/case_file.hpp"

namespace fpk::studies {

struct SmallCase {
  std::string name;                    ///< of the file in data/cases/
  std::string why;                     ///< what it stands for
  std::vector<std::string> overrides;  ///< as of fpk run --set
};

/// One of each kind of process and of boundary.
const std::vector<SmallCase>& small_cases();

/// Reads the case from the folder `cases`, with `particles` of them. Throws std::out_of_range for a name that the table
/// does not have.
io::Case read_small_case(const std::filesystem::path& cases, const std::string& name, std::int64_t particles);

}  // namespace fpk::studies
