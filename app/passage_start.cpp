#include "app/passage_start.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "law/density.hpp"
#include "law/quadrature.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/stationary.hpp"

namespace fpk::app {
namespace {

std::vector<double> normalised(const law::GridPart& part, std::vector<double> masses) {
  const double sum = law::total(part, masses);
  if (!(sum > 0)) throw solvers::SolverError("the set that the passage starts in holds no mass");
  for (auto& m : masses) m /= sum;
  return masses;
}

/// The stationary law on a set: in the cells that its border cuts, by the share of the quadrature's nodes.
std::vector<double> masses_on_set(const io::Case& problem, const solvers::Generator& generator,
                                  const formula::Formula& set) {
  const law::GridPart& part = generator.part();
  const auto shape = problem.process.log_stationary();
  auto masses = stationary_masses_of(problem, generator);
  const auto share = shape ? law::weighted_cell_averages(part, set, *shape) : law::cell_averages(part, set);
  for (std::size_t c = 0; c < masses.size(); ++c) masses[c] *= share[c];
  return normalised(part, std::move(masses));
}

}  // namespace

std::string start_words(const io::PassageSettings& settings) {
  switch (settings.start) {
    case io::PassageStart::point:
      return fmt::format("the point ({})", fmt::join(settings.point, ", "));
    case io::PassageStart::set:
      return settings.start_set->text();
    case io::PassageStart::initial:
      break;
  }
  return "the initial law";
}

std::vector<double> stationary_masses_of(const io::Case& problem, const solvers::Generator& generator) {
  if (problem.process.potential() != nullptr)
    return law::Density::equilibrium(
               std::make_shared<law::CellShape>(generator.part(), problem.process.log_stationary()))
        .masses();
  return solvers::stationary_masses(generator).masses;
}

solvers::StartLaw passage_start(const io::Case& problem, const io::PassageSettings& settings,
                                const solvers::Generator& generator, const solvers::Stopped& stopped,
                                const std::vector<formula::Formula>& sets) {
  if (settings.start == io::PassageStart::point) {
    law::Point x{};
    std::copy(settings.point.begin(), settings.point.end(), x.begin());
    return solvers::start_at_point(stopped, problem.domain, x, sets);
  }
  if (settings.start == io::PassageStart::set)
    return solvers::start_with_masses(stopped, masses_on_set(problem, generator, *settings.start_set));
  return solvers::start_with_masses(
      stopped, normalised(generator.part(), problem.initial->cell_masses(generator.part())));
}

}  // namespace fpk::app
