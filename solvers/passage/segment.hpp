// Segments between the centres of two cells, and where the border of a set crosses them.
#pragma once

#include <span>
#include <vector>

#include "formula/formula.hpp"
#include "law/grid.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

struct Segment {
  law::Point start{}, step{};  ///< x(s) = start + s step, 0 <= s <= 1
};

/// From the centre of a cell along an offset in cells to that of another, around the ring where the grid ends before.
Segment segment_along(const law::Grid& grid, const law::Index& from, const Offset& offset);

/// For each segment the fraction s at which `set` begins, its start lying outside and its end inside: bisection to 2^-40.
/// Points beyond the grid are taken a period back.
std::vector<double> border_fractions(const law::Grid& grid, std::span<const Segment> segments,
                                     const formula::Formula& set);

}  // namespace fpk::solvers
