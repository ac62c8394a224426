// The total mass of a closed box, kept to round-off over any number of operations.
#pragma once

#include <span>

#include "law/grid.hpp"

namespace fpk::solvers {

/// Scales the masses so that they sum to `before` again, if their relative change is no more than
/// `explained`: what the rounding of the operations in between can add up to, all to one side. Scaling keeps
/// masses positive. A larger change is a defect, and is left to show. Returns the
/// relative change that was put right. Collective.
double restore_total(const law::GridPart& part, std::span<double> masses, double before, double explained);

}  // namespace fpk::solvers
