// The table of schemes as the documentation prints it (docs/particles.md; a test holds the two together).
#pragma once

#include <string>

namespace fpk::sde {

/// A row for each scheme, in markdown.
std::string scheme_table_markdown();

}  // namespace fpk::sde
