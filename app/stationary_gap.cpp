#include "app/stationary_gap.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/density_road.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/spectrum/spectrum.hpp"

namespace fpk::app {
namespace {

/// Cells up to which an eigenvalue takes a fraction of a second: with detailed balance there is one factorisation of a
/// symmetric matrix, without it two of a general one, and fill-in grows with the dimension.
std::size_t most_cells(const io::Case& problem) {
  const bool line = problem.process.dimension() == 1;
  if (problem.process.reversible) return problem.process.dimension() == 3 ? 8'000 : 17'000;
  return line ? 17'000 : 4'100;
}

std::size_t cells_of(const law::GridPart& part) { return part.grid().size(); }

}  // namespace

std::optional<StationaryGap> stationary_gap(const io::Case& problem) {
  if (!problem.domain.is_closed() || problem.process.depends_on_time()) return std::nullopt;
  std::size_t coarser = 1;
  auto part = scaled_grid(problem, 1, 1, parallel::Communicator::self());
  while (cells_of(part) > most_cells(problem)) {
    coarser *= 2;
    part = scaled_grid(problem, 1, coarser, parallel::Communicator::self());
  }
  try {
    const auto generator = solvers::build_generator(problem.process, problem.domain, part);
    const auto gap = solvers::leading_modes(*generator, 2, solvers::Thoroughness::quick).gap;
    if (!gap || !(*gap > 0)) return std::nullopt;
    auto remark =
        coarser == 1
            ? std::string("of the generator on the grid of the density")
            : fmt::format("of the generator on a grid with 1/{} as many cells along each axis", coarser);
    return StationaryGap{*gap, std::move(remark)};
  } catch (const solvers::SolverError&) {
    return std::nullopt;
  }
}

}  // namespace fpk::app
