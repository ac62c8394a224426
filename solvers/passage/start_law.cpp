#include "solvers/passage/start_law.hpp"

#include <algorithm>
#include <cmath>

#include "formula/program.hpp"
#include "solvers/passage/segment.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;

/// One of the 2^d cells around a point; bit a of its number says that it lies on the far side along axis a.
struct Corner {
  law::Index cell{};
  law::Point place{};  ///< of its centre, continued beyond the end of a ring
  double weight = 1;
  bool at_face = false;  ///< it lies beyond an absorbing face: what it weighs has ended there
  int set = -1;
};

/// Along one axis: the cell that holds x, the next one on the side of x, and the weight of that.
struct Pair {
  std::size_t near, far;
  double far_place;  ///< of its centre
  double share = 0;
  bool far_is_face = false;
};

Pair pair_along(const law::Axis& axis, const model::Side& side, double x) {
  const std::size_t i = axis.find(x), last = axis.cells() - 1;
  const bool up = x >= axis.center(i);
  const double offset = std::abs(x - axis.center(i));
  if (up ? i < last : i > 0) {
    const std::size_t n = up ? i + 1 : i - 1;
    return {i, n, axis.center(n), offset / std::abs(axis.center(n) - axis.center(i))};
  }
  switch (up ? side.upper_boundary : side.lower_boundary) {
    case model::Boundary::periodic: {
      const std::size_t n = up ? 0 : last;
      const double way = 0.5 * (axis.width(i) + axis.width(n));
      return {i, n, axis.center(i) + (up ? way : -way), offset / way};
    }
    case model::Boundary::absorbing:
      return {i, i, axis.center(i), std::min(1.0, offset / (0.5 * axis.width(i))), true};
    case model::Boundary::reflecting:
      break;
  }
  return {i, i, axis.center(i)};
}

int set_at(const law::Grid& grid, const law::Point& x, std::span<const Formula> sets) {
  std::vector<std::string> names;
  for (const auto& axis : grid.axes()) names.push_back(axis.name());
  for (std::size_t s = 0; s < sets.size(); ++s)
    if (formula::Program(sets[s], names)(std::span(x.data(), grid.dimension())).front() != 0)
      return static_cast<int>(s);
  return -1;
}

std::vector<Corner> multilinear(const law::Grid& grid, const model::Domain& domain, const law::Point& x,
                                std::span<const Formula> sets) {
  std::vector<Corner> corners(std::size_t{1} << grid.dimension());
  for (std::size_t a = 0; a < grid.dimension(); ++a) {
    const Pair pair = pair_along(grid.axis(a), domain.sides[a], x[a]);
    for (std::size_t k = 0; k < corners.size(); ++k) {
      const bool far = (k >> a & 1U) != 0;
      corners[k].cell[a] = far ? pair.far : pair.near;
      corners[k].place[a] = far ? pair.far_place : grid.axis(a).center(pair.near);
      corners[k].weight *= far ? pair.share : 1 - pair.share;
      corners[k].at_face = corners[k].at_face || (far && pair.far_is_face);
    }
  }
  for (auto& c : corners) c.set = set_at(grid, grid.center(c.cell), sets);
  return corners;
}

/// Corner n lies in a set, whose border takes its place: u_n = u_border / theta - (1 - theta) / theta u_i for the kept corners i
/// next to it.
void give_way_to_border(std::vector<Corner>& corners, std::size_t n, const law::Grid& grid,
                        std::span<const Formula> sets) {
  std::vector<std::size_t> beside;
  for (std::size_t a = 0; a < grid.dimension(); ++a) {
    const std::size_t i = n ^ (std::size_t{1} << a);
    if (corners[i].set < 0 && !corners[i].at_face) beside.push_back(i);
  }
  const double weight = corners[n].weight / static_cast<double>(std::max<std::size_t>(1, beside.size()));
  for (const std::size_t i : beside) {
    Segment segment{corners[i].place, {}};
    for (std::size_t a = 0; a < grid.dimension(); ++a)
      segment.step[a] = corners[n].place[a] - corners[i].place[a];
    const auto& set = sets[static_cast<std::size_t>(corners[n].set)];
    const double theta = std::max(least_fraction, border_fractions(grid, {&segment, 1}, set).front());
    const double moved = std::min(corners[i].weight, weight * (1 - theta) / theta);
    corners[i].weight -= moved;
    corners[n].weight += moved;
  }
}

}  // namespace

StartLaw start_at_point(const Stopped& stopped, const model::Domain& domain, const law::Point& x,
                        std::span<const Formula> sets) {
  const law::GridPart& part = stopped.generator->part();
  auto corners = multilinear(part.grid(), domain, x, sets);
  for (std::size_t n = 0; n < corners.size(); ++n)
    if (corners[n].set >= 0 && !corners[n].at_face && corners[n].weight > 0)
      give_way_to_border(corners, n, part.grid(), sets);
  StartLaw start{std::vector<double>(part.size(), 0.0), std::vector<double>(sets.size(), 0.0), 0};
  for (const auto& c : corners) {
    const std::size_t cell = part.grid().flat(c.cell);
    if (c.at_face)
      start.ended_at_faces += c.weight;
    else if (c.set >= 0)
      start.ended_in_sets[static_cast<std::size_t>(c.set)] += c.weight;
    else if (cell >= part.first() && cell < part.first() + part.size())
      start.masses[cell - part.first()] += c.weight;
  }
  return start;
}

StartLaw start_with_masses(const Stopped& stopped, std::vector<double> masses) {
  StartLaw start{std::move(masses), std::vector<double>(stopped.into_set.size(), 0.0), 0};
  for (std::size_t c = 0; c < start.masses.size(); ++c) {
    if (stopped.kept(c)) continue;
    start.ended_in_sets[static_cast<std::size_t>(stopped.where[c])] += start.masses[c];
    start.masses[c] = 0;
  }
  stopped.generator->part().processes().sum(start.ended_in_sets);
  return start;
}

}  // namespace fpk::solvers
