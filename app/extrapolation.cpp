#include "app/extrapolation.hpp"

#include "io/record_archive.hpp"
#include "solvers/richardson.hpp"

namespace fpk::app {

Extrapolation::Extrapolation(const io::Case& problem, const parallel::Communicator& processes)
    : problem_(problem), fine_(problem, scaled_grid(problem, 2, 1, processes, 2 * planes_together(problem))) {
  for (const auto& axis : fine_.part().grid().axes()) record_.cells.push_back(axis.cells());
}

void Extrapolation::archive(parallel::Archive& archive) {
  fine_.archive(archive);
  archive("extrapolated", record_);
}

std::vector<double> Extrapolation::observe(const DensityRoad& coarse, const DensityRoad& road) {
  const auto &at_2h = coarse.law().masses(), &at_h = road.law().masses(), &at_half_h = fine_.law().masses();
  auto masses = solvers::richardson(road.part(), at_h, fine_.part(), at_half_h);
  const law::Density better(road.cells(), masses);
  record_.mass.push_back(better.total_mass());
  record_.minimum.push_back(better.minimum());
  record_.l1_error.push_back(
      solvers::extrapolation_error(coarse.part(), at_2h, road.part(), at_h, fine_.part(), at_half_h));
  const auto of_2h = coarse.law().expectations(problem_.observables),
             of_h = road.law().expectations(problem_.observables),
             of_half_h = fine_.law().expectations(problem_.observables);
  for (std::size_t k = 0; k < problem_.observables.size(); ++k) {
    if (record_.observables.size() == k)
      record_.observables.push_back({problem_.observables[k].name, {}, {}});
    const auto limit = solvers::extrapolated(of_2h[k].value, of_h[k].value, of_half_h[k].value);
    record_.observables[k].value.push_back(limit.value);
    record_.observables[k].error.push_back(limit.error);
  }
  return masses;
}

}  // namespace fpk::app
