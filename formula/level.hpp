// A set given by comparisons, as the set where one function is positive:
//
//     a < b  ->  b - a        not A  ->  -g_A        A and B  ->  min(g_A, g_B)        A or B  ->  max(g_A, g_B)
//
// What a path near the border of a set wants to know is how far it is from it, and g / |grad g| says so to first order.
#pragma once

#include <optional>

#include "formula/formula.hpp"

namespace fpk::formula {

/// g, positive inside the set, negative outside (0 on its border); nothing where the formula is made of anything but
/// comparisons of order, `and`, `or` and `not`.
std::optional<Formula> level_of(const Formula& set);

}  // namespace fpk::formula
