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

}  // namespace

std::vector<ExpectationReference> extrapolated_densities(const io::Case& problem,
                                                         const std::vector<law::Observable>& observables,
                                                         const parallel::Communicator& processes) {
  std::vector<law::Estimate> of_grid[3];
  std::vector<double> range;
  for (std::size_t k = 0; k < 3; ++k) {
    DensityRoad road(problem, scaled_grid(problem, std::size_t{1} << k, 2, processes));
    road.advance(problem.times.back());
    of_grid[k] = road.law().expectations(observables);
    range.clear();
    for (const auto& f : observables) range.push_back(road.law().range(f, problem.density.tolerance));
  }
  std::vector<ExpectationReference> found;
  for (std::size_t i = 0; i < observables.size(); ++i) {
    const auto limit = solvers::extrapolated(of_grid[0][i].value, of_grid[1][i].value, of_grid[2][i].value);
    found.push_back(
        {limit.value, limit.error + problem.density.tolerance * range[i], "extrapolated density", 0});
  }
  return found;
}

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
      found = extrapolated_densities(problem, {observable}, processes).front();
  }
  if (found) found->seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return found;
}

}  // namespace fpk::app
