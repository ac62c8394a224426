#include "app/operator_road.hpp"

#include <algorithm>
#include <stdexcept>

#include "formula/program.hpp"
#include "sde/boundary.hpp"
#include "sde/pilot_box.hpp"
#include "sde/quadrature/step_quadrature.hpp"
#include "sde/time_steps.hpp"

namespace fpk::app {
namespace {

/// The initial law, its points brought into the box as particles are; a point that an absorbing wall takes is left out.
std::vector<law::WeightedPoint> placed(const io::Case& problem) {
  std::vector<law::WeightedPoint> inside;
  for (auto point : law::initial_nodes(*problem.initial)) {
    bool absorbed = false;
    for (std::size_t a = 0; a < problem.domain.dimension(); ++a) {
      const auto landing = sde::land(point.x[a], problem.domain.sides[a]);
      point.x[a] = landing.x;
      absorbed = absorbed || landing.absorbed;
    }
    if (!absorbed) inside.push_back(point);
  }
  return inside;
}

verification::Extent whole(const model::Domain& domain) {
  verification::Extent extent;
  extent.dimension = domain.dimension();
  for (std::size_t a = 0; a < domain.dimension(); ++a) {
    extent.lower[a] = domain.sides[a].lower;
    extent.upper[a] = domain.sides[a].upper;
  }
  return extent;
}

/// In the plane: no more of the domain than a pilot ensemble goes to, out to seven standard deviations, for as long as the
/// invariant law takes to be felt; on rings all of it.
verification::Extent visited(const io::Case& problem, bool invariant) {
  constexpr double patience = 8;
  auto extent = whole(problem.domain);
  if (extent.dimension == 1) return extent;
  sde::PilotBox pilot;
  try {
    pilot =
        sde::pilot_box(problem.process, *problem.initial, (invariant ? patience : 1) * problem.times.back());
  } catch (const std::runtime_error&) {  // on the whole space paths explode: the walls must hold them
    return extent;
  }
  for (std::size_t a = 0; a < extent.dimension; ++a) {
    if (problem.domain.sides[a].is_periodic()) continue;
    extent.lower[a] = std::max(extent.lower[a], pilot.lower[a]);
    extent.upper[a] = std::min(extent.upper[a], pilot.upper[a]);
  }
  return extent;
}

}  // namespace

verification::SteppedMap stepped_map(const sde::Scheme& scheme, const model::Process& process,
                                     const model::Domain& domain, sde::NoiseKind noise) {
  using Method =
      void (sde::StepQuadrature::*)(std::span<const law::Point>, double, double, const sde::Reach&) const;
  const auto made_of = [&scheme, &process, &domain](Method method, sde::NoiseKind noise) {
    return [&scheme, &process, &domain, noise, method](double t, double dt, std::size_t nodes) {
      const auto quadrature =
          std::make_shared<const sde::StepQuadrature>(scheme, process, domain, noise, nodes);
      return [quadrature, method, t, dt](std::span<const law::Point> from, const sde::Reach& reach) {
        ((*quadrature).*method)(from, t, dt, reach);
      };
    };
  };
  verification::SteppedMap map{made_of(&sde::StepQuadrature::step, noise), {}, process.depends_on_time()};
  if (scheme.has_postprocessor()) map.observe = made_of(&sde::StepQuadrature::observe, noise);
  if (!sde::adds_up(noise)) map.of_box = made_of(&sde::StepQuadrature::step, sde::NoiseKind::normal);
  return map;
}

verification::Function function_of(const law::Observable& observable,
                                   const std::vector<std::string>& variables) {
  const auto program = std::make_shared<const formula::Program>(observable.formula, variables);
  return [program](std::span<const law::Point> points) {
    std::vector<std::vector<double>> x(program->input_count(), std::vector<double>(points.size()));
    std::vector<const double*> in;
    for (std::size_t a = 0; a < x.size(); ++a) {
      for (std::size_t i = 0; i < points.size(); ++i) x[a][i] = points[i][a];
      in.push_back(x[a].data());
    }
    std::vector<double> values(points.size());
    double* const out = values.data();
    program->evaluate(in, points.size(), std::span<double* const>(&out, 1));
    return values;
  };
}

OperatorRoad::OperatorRoad(const io::Case& problem, const sde::SchemeFacts& scheme,
                           const law::Observable& observable, bool invariant)
    : scheme_(scheme.make(problem.process)) {
  const double end = problem.times.back();
  iteration_ = std::make_unique<verification::OperatorIteration>(
      stepped_map(*scheme_, problem.process, problem.domain, problem.particles->noise),
      function_of(observable, problem.process.variables), placed(problem), visited(problem, invariant), end,
      sde::equal_steps(end, problem.converge.steps.front()).count, invariant);
}

}  // namespace fpk::app
