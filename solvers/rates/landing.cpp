#include "solvers/rates/landing.hpp"

namespace fpk::solvers {
namespace {

/// Indices of a local cell; on a ring the last one may run over its ends.
std::array<std::ptrdiff_t, law::max_dimension> indices(const law::GridPart& part, std::ptrdiff_t local) {
  const std::size_t d = part.grid().dimension();
  const auto plane = static_cast<std::ptrdiff_t>(part.plane_size());
  const auto cell = static_cast<std::ptrdiff_t>(part.first()) + local;
  std::ptrdiff_t last = cell / plane;
  if (last * plane > cell) --last;
  const law::Index inner = part.grid().index(static_cast<std::size_t>(cell - last * plane));
  std::array<std::ptrdiff_t, law::max_dimension> i{};
  for (std::size_t a = 0; a + 1 < d; ++a) i[a] = static_cast<std::ptrdiff_t>(inner[a]);
  i[d - 1] = last;
  return i;
}

/// Follows the jump across one axis: from index i over `way` cells, of n.
void cross(const model::Side& side, std::size_t axis, bool partitioned, std::ptrdiff_t i, int way,
           std::ptrdiff_t n, std::ptrdiff_t& to, Landing& found) {
  to = i + way;
  if (side.is_periodic()) {
    if (partitioned || (to >= 0 && to < n)) return;  // the halo closes the ring
    to = (to % n + n) % n;
    if (found.kind == Landing::Kind::neighbour) found.kind = Landing::Kind::link;
    return;
  }
  while (to < 0 || to >= n) {
    const bool upper = to >= n;
    if ((upper ? side.upper_boundary : side.lower_boundary) == model::Boundary::absorbing) {
      const double distance = static_cast<double>(upper ? n - 1 - i : i) + 0.5;
      const double theta = distance / static_cast<double>(std::abs(way));
      if (found.kind != Landing::Kind::absorbed || theta < found.theta)
        found.axis = axis, found.upper = upper, found.theta = theta;
      found.kind = Landing::Kind::absorbed;
      return;
    }
    to = upper ? 2 * n - 1 - to : -1 - to;
    found.offset[axis] = static_cast<int>(to - i);
    if (found.kind == Landing::Kind::neighbour) found.kind = Landing::Kind::link;
  }
}

}  // namespace

std::ptrdiff_t shift_of(const law::Grid& grid, const Offset& offset) {
  std::ptrdiff_t shift = 0;
  for (std::size_t a = grid.dimension(); a-- > 0;)
    shift = shift * static_cast<std::ptrdiff_t>(grid.cells(a)) + offset[a];
  return shift;
}

Landing landing(const model::Domain& domain, const law::GridPart& part, std::ptrdiff_t from,
                const Offset& offset) {
  const law::Grid& grid = part.grid();
  const auto i = indices(part, from);
  Landing found;
  found.offset = offset;
  std::ptrdiff_t flat = 0;
  for (std::size_t a = grid.dimension(); a-- > 0;) {
    const auto n = static_cast<std::ptrdiff_t>(grid.cells(a));
    std::ptrdiff_t to = 0;
    cross(domain.sides[a], a, a + 1 == grid.dimension(), i[a], offset[a], n, to, found);
    flat = flat * n + to;
  }
  found.cell = flat - static_cast<std::ptrdiff_t>(part.first());
  return found;
}

}  // namespace fpk::solvers
