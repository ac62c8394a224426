#include "app/references.hpp"

#include <fmt/format.h>

#include "solvers/solver_error.hpp"
#include "solvers/stationary.hpp"

namespace fpk::app {

std::optional<Stationary> stationary_law(const io::Case& problem,
                                         const std::shared_ptr<const law::CellShape>& cells,
                                         const solvers::Generator* generator) {
  if (!problem.domain.is_closed() || problem.process.depends_on_time()) return std::nullopt;
  if (problem.process.potential() != nullptr)
    return Stationary{law::Density::equilibrium(cells), "gibbs",
                      "exp(-L/D), integrated over each cell by Gauss quadrature", true};
  if (problem.process.stationary)
    return Stationary{law::Density::equilibrium(cells), "given",
                      "the density given in the case, integrated over each cell by Gauss quadrature", true};
  if (generator == nullptr) return std::nullopt;
  try {
    auto found = solvers::stationary_masses(*generator);
    return Stationary{law::Density(cells, std::move(found.masses)), "null-vector",
                      fmt::format("null vector of the generator, relative residual {:.1e}", found.residual),
                      false};
  } catch (
      const solvers::SolverError&) {  // no noise, or several stationary laws: the run goes on without one
    return std::nullopt;
  }
}

bool generator_keeps_it(const io::Case& problem) {
  return problem.process.potential() != nullptr &&
         solvers::flux_of(problem.process, problem.density.flux).keeps_gibbs;
}

References find_references(const io::Case& problem, const law::GridPart& part, const DensityRoad* density) {
  References found;
  if (problem.process.dimension() > law::max_dimension) return found;
  const auto cells = density != nullptr
                         ? density->cells()
                         : std::make_shared<const law::CellShape>(part, problem.process.log_stationary());
  const auto generator = density != nullptr ? density->generator() : nullptr;
  found.stationary = stationary_law(problem, cells, generator.get());
  found.exact = ExactLaw::of(problem, part);
  if (!found.stationary || generator == nullptr) return found;
  found.of_generator = found.stationary->law.masses();
  if (found.stationary->in_closed_form && !generator_keeps_it(problem))
    found.of_generator = solvers::stationary_masses(*generator).masses;
  return found;
}

io::StationaryRecord record(const Stationary& stationary, const std::vector<law::Observable>& observables) {
  io::StationaryRecord r{stationary.source, stationary.remark, {}};
  const auto values = stationary.law.expectations(observables);
  for (std::size_t k = 0; k < observables.size(); ++k)
    r.observables.emplace_back(observables[k].name, values[k].value);
  return r;
}

}  // namespace fpk::app
