// Laws on a grid seen along a direction: the law of theta . X on a line.
#pragma once

#include <vector>

#include "verification/distance/line.hpp"

namespace fpk::verification {

/// Unit vectors, fixed once for all: on the line the axis; in the plane 16 at equal angles on the half
/// circle, the first along axis 0; in space 24 on the half sphere, at equal steps of height and of the golden
/// angle.
std::vector<law::Point> directions(std::size_t dimension);

inline constexpr std::size_t projection_bins = 1024;  ///< equal bins over the projected box

/// The laws of theta . X. Collective.
LinePair projected_pair(const law::GridPart& part, Masses p, Masses q, const law::Point& theta);

}  // namespace fpk::verification
