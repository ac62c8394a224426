// What the two kinds of ladder share: sizes in order, and words for the rungs that are left out.
#pragma once

#include <string>
#include <vector>

#include "verification/order.hpp"

namespace fpk::verification {

/// Coarsest first. Throws std::invalid_argument where a size is not positive or occurs twice.
std::vector<Rung> coarsest_first(std::vector<Rung> rungs);

/// "0.1, 0.05"
std::string sizes_of(const std::vector<Rung>& rungs);

}  // namespace fpk::verification
