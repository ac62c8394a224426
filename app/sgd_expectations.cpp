#include "app/sgd_expectations.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/expectation_reference.hpp"
#include "app/operator_road.hpp"
#include "io/refusal.hpp"
#include "model/sgd/chain_moments.hpp"
#include "model/sgd/linearised_chain.hpp"
#include "sde/pilot_box.hpp"
#include "sde/scheme.hpp"
#include "sde/sgd/chain_outcomes.hpp"
#include "solvers/backward_collocation.hpp"
#include "solvers/moment_equations.hpp"
#include "verification/operator/limit_of_ladder.hpp"

namespace fpk::app {
namespace {

using law::Observable;
using verification::Value;

constexpr double rounding = 1e-14;  ///< of a moment, relatively
/// Rungs of the ladder that takes a diffusion's steps to 0, the first of one step of the chain.
int rungs_to_limit(std::size_t dimension) { return dimension == 1 ? 6 : 4; }
constexpr const char* scheme_of_limit = "platen-weak-2";

std::vector<law::WeightedPoint> start_nodes(const io::Case& problem) {
  return law::initial_nodes(*problem.initial);
}

/// The expectations of all functions, where each is a polynomial of degree two at most.
std::optional<std::vector<model::Quadratic>> quadratics(const std::vector<Observable>& functions,
                                                        const std::vector<std::string>& variables) {
  std::vector<model::Quadratic> all;
  for (const auto& f : functions) {
    const auto q = model::quadratic(f.formula, variables);
    if (!q) return std::nullopt;
    all.push_back(*q);
  }
  return all;
}

std::vector<Value> values_of(const std::vector<model::Quadratic>& functions, const model::SecondMoments& m) {
  std::vector<Value> values;
  for (const auto& f : functions) {
    const double size = std::abs(f.value) + f.slope.cwiseAbs().dot(m.mean.cwiseAbs()) +
                        f.curvature.cwiseAbs().cwiseProduct(m.second.cwiseAbs()).sum();
    values.push_back({f.expectation(m), rounding * size});
  }
  return values;
}

/// In which the operator works: on a line it grows inside three lengths of the domain, in the plane it is what a pilot visits.
verification::Extent extent(const io::Case& problem, const model::Process& process) {
  verification::Extent box;
  box.dimension = process.dimension();
  for (std::size_t a = 0; a < problem.domain.dimension() && a < box.dimension; ++a) {
    const auto& side = problem.domain.sides[a];
    box.lower[a] = side.lower - side.length();
    box.upper[a] = side.upper + side.length();
  }
  if (box.dimension == 1) return box;
  const auto pilot = sde::pilot_box(process, *problem.initial, problem.times.back());
  for (std::size_t a = 0; a < box.dimension; ++a) {
    box.lower[a] = std::max(box.lower[a], pilot.lower[a]);
    box.upper[a] = std::min(box.upper[a], pilot.upper[a]);
  }
  return box;
}

bool moves_in_time(const model::StochasticGradient& chain) {
  return !chain.schedule.constant() || !chain.batch.constant() || !chain.temperature.constant();
}

/// The box that holds both the chain and its first modified equation.
verification::Extent extent_of_chain(const io::Case& problem, const model::StochasticGradient& chain) {
  if (!chain.has_momentum()) {
    const auto* sme1 = model::find_gradient_model("sme1");
    return extent(problem, sme1->make(chain, {}));
  }
  return extent(problem, problem.process);
}

}  // namespace

model::SecondMoments start_moments(const io::Case& problem, std::size_t coordinates) {
  const auto n = static_cast<Eigen::Index>(coordinates);
  model::SecondMoments m{Eigen::VectorXd::Zero(n), Eigen::MatrixXd::Zero(n, n)};
  const auto known = static_cast<Eigen::Index>(std::min(coordinates, problem.initial->dimension()));
  for (const auto& node : start_nodes(problem)) {
    const Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(node.x.data(), known);
    m.mean.head(known) += node.weight * x;
    m.second.topLeftCorner(known, known) += node.weight * x * x.transpose();
  }
  return m;
}

bool is_smooth(const Observable& f, const std::vector<std::string>& variables) {
  return !f.formula.may_jump() && std::ranges::none_of(variables, [&](const std::string& v) {
    return f.formula.derivative(v).may_jump();
  });
}

std::string refusal_of_exact(const model::StochasticGradient& chain, const std::vector<Observable>& functions,
                             std::size_t coordinates) {
  const sde::GradientChain made(chain);
  if (model::ChainMoments::of(chain) && quadratics(functions, made.variables())) return "";
  if (coordinates > 2) return "the step operator takes one or two coordinates of a state";
  for (const auto& f : functions)
    if (f.formula.may_jump()) return f.name + " jumps, and the operator needs smooth functions";
  return sde::ChainOutcomes::refusal(chain);
}

ExactExpectations chain_expectations(const io::Case& problem, const model::StochasticGradient& chain,
                                     const std::vector<Observable>& functions) {
  const double end = problem.times.back();
  const auto steps = static_cast<std::int64_t>(std::llround(end / chain.step()));
  const auto variables = sde::GradientChain(chain).variables();
  if (const auto moments = model::ChainMoments::of(chain))
    if (const auto known = quadratics(functions, variables))
      return {values_of(*known, moments->after(steps, start_moments(problem, variables.size()))), "moments"};

  const auto outcomes = std::make_shared<const sde::ChainOutcomes>(chain);
  verification::SteppedMap map;
  map.depends_on_time = moves_in_time(chain);
  map.step = [outcomes](double t, double, std::size_t nodes) {
    const auto n = static_cast<std::int64_t>(std::llround(t / outcomes->chain().chain().step()));
    return [outcomes, n, nodes](std::span<const law::Point> from, const sde::Reach& reach) {
      outcomes->step(from, n, nodes, reach);
    };
  };
  ExactExpectations found{{}, "operator"};
  const auto box = extent_of_chain(problem, chain);
  for (const auto& f : functions)
    found.values.push_back(verification::OperatorIteration(map, function_of(f, variables),
                                                           start_nodes(problem), box, end, steps, false)
                               .expectation(steps));
  return found;
}

namespace {

/// Where the paths of the diffusions go: the chain's own linearised path, out to seven standard deviations, with a margin of a
/// tenth of the way. Independent batches, as diffusions have them.
std::pair<std::vector<double>, std::vector<double>> box_of_paths(const io::Case& problem,
                                                                 model::StochasticGradient chain,
                                                                 std::size_t dimension) {
  constexpr double standard_deviations = 7, margin = 0.1, least = 1e-3;
  if (chain.sampling == model::Sampling::reshuffle) chain.sampling = model::Sampling::without_replacement;
  const auto steps = static_cast<std::int64_t>(std::llround(problem.times.back() / chain.step()));
  if (!model::LinearisedChain::refusal(chain, steps).empty()) {
    std::vector<double> lower, upper;
    for (const auto& side : problem.domain.sides) {
      lower.push_back(side.lower);
      upper.push_back(side.upper);
    }
    return {lower, upper};
  }
  const model::LinearisedChain way(chain, steps,
                                   start_moments(problem, sde::GradientChain(chain).variables().size()));
  std::vector<double> lower(dimension, std::numeric_limits<double>::infinity()),
      upper(dimension, -lower.front());
  for (std::size_t a = 0; a < dimension; ++a) {
    const auto i = static_cast<Eigen::Index>(a);
    for (std::size_t n = 0; n < way.path().size(); ++n) {
      const double middle = way.path()[n][i],
                   reach = standard_deviations * std::sqrt(std::max(0.0, way.covariance()[n](i, i)));
      lower[a] = std::min(lower[a], middle - reach);
      upper[a] = std::max(upper[a], middle + reach);
    }
    const double room = margin * (upper[a] - lower[a]) + least;
    lower[a] -= room;
    upper[a] += room;
  }
  return {lower, upper};
}

/// By the step operator of a scheme of weak order 2, its steps taken to 0.
ExactExpectations by_operator(const io::Case& problem, const model::Process& process,
                              const model::StochasticGradient& chain,
                              const std::vector<Observable>& functions) {
  const double end = problem.times.back();
  const auto scheme = sde::find_scheme(scheme_of_limit)->make(process);
  const auto space = model::whole_space(process.variables);
  const auto first = static_cast<std::int64_t>(std::llround(end / chain.step()));
  const auto box = extent(problem, process);
  ExactExpectations found{{}, "operator"};
  for (const auto& f : functions) {
    const verification::OperatorIteration iteration(
        stepped_map(*scheme, process, space, sde::NoiseKind::normal), function_of(f, process.variables),
        start_nodes(problem), box, end, first, false);
    std::vector<verification::StepValue> ladder;
    std::int64_t steps = first;
    for (int k = 0; k < rungs_to_limit(process.dimension()); ++k, steps *= 2)
      ladder.push_back({end / static_cast<double>(steps), iteration.expectation(steps)});
    found.values.push_back(verification::limit_of_ladder(ladder));
  }
  return found;
}

ExactExpectations by_collocation(const io::Case& problem, const model::Process& process,
                                 const model::StochasticGradient& chain,
                                 const std::vector<Observable>& functions) {
  const auto [lower, upper] = box_of_paths(problem, chain, process.dimension());
  ExactExpectations found{{}, "collocation"};
  for (const auto& v : solvers::BackwardCollocation(process, lower, upper)
                           .expectations(functions, start_nodes(problem), problem.times.back()))
    found.values.push_back({v.value, v.error});
  return found;
}

ExactExpectations by_density(const io::Case& problem, const model::Process& process,
                             const std::vector<Observable>& functions,
                             const parallel::Communicator& processes) {
  if (process.dimension() != problem.domain.dimension() || process.dimension() > law::max_dimension ||
      !problem.density.enabled)
    io::refuse(problem, "observables",
               "the diffusion's expectations can be taken neither by collocation nor by the density",
               "enable the density, take fewer parameters, or smooth observables");
  auto with_density = problem;
  with_density.process = process;
  ExactExpectations found{{}, "density"};
  for (const auto& v : extrapolated_densities(with_density, functions, processes))
    found.values.push_back({v.value, v.error});
  return found;
}

ExactExpectations of_smooth(const io::Case& problem, const model::Process& process,
                            const model::StochasticGradient& chain, const std::vector<Observable>& functions,
                            const parallel::Communicator& processes) {
  if (const auto moments = solvers::MomentEquations::of(process))
    if (const auto known = quadratics(functions, process.variables))
      return {
          values_of(*known, moments->at(problem.times.back(), start_moments(problem, process.dimension()))),
          "moments"};
  if (process.dimension() == 1) return by_operator(problem, process, chain, functions);
  if (solvers::BackwardCollocation::refusal(process).empty())
    return by_collocation(problem, process, chain, functions);
  if (process.dimension() == 2) return by_operator(problem, process, chain, functions);
  return by_density(problem, process, functions, processes);
}

}  // namespace

ExactExpectations diffusion_expectations(const io::Case& problem, const model::GradientModel& model,
                                         const model::StochasticGradient& chain,
                                         const std::vector<Observable>& functions,
                                         const parallel::Communicator& processes) {
  const model::Process process = model.make(chain, {std::vector<double>(chain.loss.dimension(), 0.0)});
  std::vector<Observable> smooth, others;
  for (const auto& f : functions) (is_smooth(f, process.variables) ? smooth : others).push_back(f);
  auto found = of_smooth(problem, process, chain, smooth, processes);
  if (others.empty()) return found;
  const auto of_others = by_density(problem, process, others, processes);
  ExactExpectations all{{}, found.method + " and density"};
  std::size_t s = 0, o = 0;
  for (const auto& f : functions)
    all.values.push_back(is_smooth(f, process.variables) ? found.values[s++] : of_others.values[o++]);
  return all;
}

}  // namespace fpk::app
