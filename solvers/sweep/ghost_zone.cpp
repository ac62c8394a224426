#include "solvers/sweep/ghost_zone.hpp"

#include <algorithm>

#include "parallel/threads.hpp"
#include "solvers/sweep/wavefront.hpp"

namespace fpk::solvers {
namespace {

/// Ghost cells are made anew at every level, on average half of them: at most this part of the own ones on each side.
constexpr std::size_t own_over_ghost = 16;

/// Neighbours hold the cells beyond one end or both.
bool has_neighbours(const SweepMatrix& matrix) {
  return matrix.periodic || matrix.part.processes().size() > 1;
}

}  // namespace

std::size_t levels_between_exchanges(const SweepMatrix& matrix, std::size_t reach) {
  const auto& processes = matrix.part.processes();
  if (!has_neighbours(matrix)) return 1;
  // Links would have to be known in the ghost cells, too.
  const double links = processes.max(static_cast<double>(matrix.links.size()));
  const auto fewest = static_cast<std::size_t>(processes.min(static_cast<double>(matrix.part.planes())));
  if (links > 0) return 1;
  const std::size_t bytes = bytes_per_cell(matrix, 1), cells = reach * matrix.part.plane_size();
  return std::min(wavefront_depth(cells, bytes) * parallel::threads(), 1 + fewest / (own_over_ghost * reach));
}

void widen(SweepMatrix& matrix, std::size_t reach, std::size_t levels) {
  matrix.halo = reach * matrix.part.plane_size();
  matrix.depth = levels;
  if (levels == 1) return;
  matrix.wide = std::make_shared<std::vector<Field>>();
  const auto copy = [&](const double* own) -> const double* {
    Field field(matrix.part, matrix.periodic, reach * levels);
    std::copy_n(own, matrix.part.size(), field.data());
    field.exchange();
    matrix.wide->push_back(std::move(field));
    return matrix.wide->back().data();
  };
  matrix.diagonal = copy(matrix.diagonal);
  for (std::size_t f = 0; f < matrix.shifts.size(); ++f) {
    const double* const below = matrix.down[f] + matrix.shifts[f];  // at the cell that the face belongs to
    const bool same = below == matrix.up[f];
    matrix.up[f] = copy(matrix.up[f]);
    matrix.down[f] = (same ? matrix.up[f] : copy(below)) - matrix.shifts[f];
  }
}

GhostZone::GhostZone(const SweepMatrix& matrix, std::size_t levels)
    : matrix_(matrix),
      levels_(levels),
      below_(matrix.periodic || matrix.part.processes().rank() > 0 ? (levels - 1) * matrix.halo : 0),
      above_(matrix.periodic || matrix.part.processes().rank() + 1 < matrix.part.processes().size()
                 ? (levels - 1) * matrix.halo
                 : 0) {}

GhostZone::Pieces GhostZone::pieces(std::size_t level, std::size_t begin, std::size_t end) const {
  const std::size_t own = matrix_.part.size(), rest = (levels_ - level) * matrix_.halo;
  const std::size_t first = below_ - std::min(below_, rest), last = below_ + own + std::min(above_, rest);
  begin = std::max(begin, first);
  end = std::max(begin, std::min(end, last));
  const auto clip = [&](std::size_t from, std::size_t to) -> Range {
    return {std::clamp(begin, from, to) - from, std::clamp(end, from, to) - from};
  };
  Pieces p{clip(0, below_), clip(below_, below_ + own), clip(below_ + own, below_ + own + above_)};
  p.above.begin += own;
  p.above.end += own;
  return p;
}

}  // namespace fpk::solvers
