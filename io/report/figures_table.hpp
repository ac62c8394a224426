// A table of figures: the first column names the rows.
#pragma once

#include <string>
#include <vector>

namespace fpk::io::report {

/// HTML in every cell; numbers stand at the right.
std::string figures_table(const std::vector<std::string>& heads,
                          const std::vector<std::vector<std::string>>& rows);

}  // namespace fpk::io::report
