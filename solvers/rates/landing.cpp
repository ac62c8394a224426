#include "solvers/rates/landing.hpp"

namespace fpk::solvers {
namespace {

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
  if (to >= 0 && to < n) return;
  const bool upper = to >= n;
  const bool absorbs = (upper ? side.upper_boundary : side.lower_boundary) == model::Boundary::absorbing;
  const double theta =
      (static_cast<double>(upper ? n - 1 - i : i) + 0.5) / static_cast<double>(std::abs(way));
  const bool met = found.kind == Landing::Kind::stopped || found.kind == Landing::Kind::absorbed;
  // In a corner, what would leave is lost rather than kept.
  if (met && (theta > found.theta || (theta == found.theta && !absorbs))) return;
  found.kind = absorbs ? Landing::Kind::absorbed : Landing::Kind::stopped;
  found.axis = axis, found.upper = upper, found.theta = theta;
}

}  // namespace

std::array<std::ptrdiff_t, law::max_dimension> indices_of(const law::GridPart& part, std::ptrdiff_t local) {
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

std::ptrdiff_t shift_of(const law::Grid& grid, const Offset& offset) {
  std::ptrdiff_t shift = 0;
  for (std::size_t a = grid.dimension(); a-- > 0;)
    shift = shift * static_cast<std::ptrdiff_t>(grid.cells(a)) + offset[a];
  return shift;
}

Landing landing(const model::Domain& domain, const law::GridPart& part, std::ptrdiff_t from,
                const Offset& offset) {
  const law::Grid& grid = part.grid();
  const auto i = indices_of(part, from);
  Landing found;
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
