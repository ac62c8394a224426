#include "app/expectation_reference.hpp"

#include <chrono>
#include <cmath>

#include "app/density_road.hpp"
#include "app/exact_law.hpp"
#include "solvers/richardson.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

/// The quadrature over the cells, on two grids.
ExpectationReference from_closed_form(const io::Case& problem, const ExactLaw& exact,
                                      const law::Observable& observable, const law::GridPart& part) {
  const double t = problem.times.back();
  const auto finer = scaled_grid(problem, 2, 1, part.processes());
  const double once = exact.expectations(t, part, {observable}).front().value,
               twice = exact.expectations(t, finer, {observable}).front().value;
  return {twice, std::abs(twice - once) + exact.outside() * std::abs(twice), "closed form", 0};
}

ExpectationReference from_density(const io::Case& problem, const law::Observable& observable,
                                  const parallel::Communicator& processes) {
  double of_grid[3], range = 0;
  for (std::size_t k = 0; k < 3; ++k) {
    DensityRoad road(problem, scaled_grid(problem, std::size_t{1} << k, 2, processes));
    road.advance(problem.times.back());
    of_grid[k] = road.law().expectations({observable}).front().value;
    range = road.law().range(observable, problem.density.tolerance);
  }
  const auto limit = solvers::extrapolated(of_grid[0], of_grid[1], of_grid[2]);
  return {limit.value, limit.error + problem.density.tolerance * range, "extrapolated density", 0};
}

}  // namespace

std::optional<ExpectationReference> expectation_reference(const io::Case& problem,
                                                          const law::Observable& observable,
                                                          const parallel::Communicator& processes) {
  const auto start = Clock::now();
  std::optional<ExpectationReference> found;
  if (problem.process.dimension() <= law::max_dimension) {
    const auto part = scaled_grid(problem, 1, 1, processes);
    if (const auto exact = ExactLaw::of(problem, part))
      found = from_closed_form(problem, *exact, observable, part);
    else if (problem.density.enabled)
      found = from_density(problem, observable, processes);
  }
  if (found) found->seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return found;
}

}  // namespace fpk::app
