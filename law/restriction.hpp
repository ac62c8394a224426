// From a grid to one of half as many cells along each axis.
//
//     fine     |--- a ---|--- b ---|--- c ---|--- d ---|
//     coarse   |------- a + b -----|------- c + d -----|
#pragma once

#include <span>
#include <vector>

#include "law/grid.hpp"

namespace fpk::law {

/// Masses of the cells of `coarse`, whose cells `fine` cuts in two along each axis, both on the same processes: shared
/// in runs of planes, `fine` in runs of twice as many. Throws std::invalid_argument where they do not fit.
std::vector<double> restricted(const GridPart& fine, std::span<const double> masses, const GridPart& coarse);

}  // namespace fpk::law
