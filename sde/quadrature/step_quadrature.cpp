#include "sde/quadrature/step_quadrature.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "sde/quadrature/branches.hpp"
#include "sde/quadrature/lanes.hpp"

namespace fpk::sde {
namespace {

constexpr std::size_t most_outcomes = 1'000'000;
constexpr double no_probability = 1e-18;  ///< an outcome that a sum of ten digits does not miss

std::vector<law::Node> increment_nodes(NoiseKind kind, std::size_t nodes) {
  if (kind == NoiseKind::two_point) return {{-1, 0.5}, {1, 0.5}};
  if (kind == NoiseKind::three_point)
    return {{-std::sqrt(3.0), 1.0 / 6}, {0, 2.0 / 3}, {std::sqrt(3.0), 1.0 / 6}};
  return law::gauss_hermite(nodes);
}

/// Which image of the box the point lies in: 0 inside, -1 below, 1 above, and so on.
long image(double x, const model::Side& side) {
  if (!std::isfinite(x)) return std::numeric_limits<int>::max();
  if (x >= side.lower && x <= side.upper) return 0;
  const double turns = std::floor((x - side.lower) / side.length());
  return static_cast<long>(std::clamp(turns, -1e6, 1e6));
}

}  // namespace

StepQuadrature::StepQuadrature(const Scheme& scheme, const model::Process& process,
                               const model::Domain& domain, NoiseKind kind, std::size_t nodes)
    : scheme_(scheme), domain_(domain), walls_(process, domain), nodes_(nodes), outcomes_(1) {
  const auto counts = scheme.draws();
  if (counts.uniforms > 0 && !scheme.has_decision())
    throw std::invalid_argument("the scheme uses uniform numbers, over which no integral is taken");
  in_pieces_ =
      kind == NoiseKind::normal && domain.dimension() == 1 && counts.increments == 1 && counts.signs == 0;
  const auto multiply = [this](const std::vector<law::Node>& rule, auto member) {
    std::vector<Outcome> more;
    for (const auto& outcome : outcomes_)
      for (const auto& [value, weight] : rule) {
        if (outcome.probability * weight < no_probability) continue;
        more.push_back(outcome);
        (more.back().*member).push_back(value);
        more.back().probability *= weight;
      }
    outcomes_ = std::move(more);
    if (outcomes_.size() > most_outcomes)
      throw std::invalid_argument("a step has more than a million outcomes: too many to sum over");
  };
  for (std::size_t k = 0; k < counts.increments; ++k) multiply(increment_nodes(kind, nodes), &Outcome::dW);
  for (std::size_t k = 0; k < counts.signs; ++k) multiply({{-1, 0.5}, {1, 0.5}}, &Outcome::signs);
  double sum = 0;
  for (const auto& outcome : outcomes_) sum += outcome.probability;
  for (auto& outcome : outcomes_) outcome.probability /= sum;
}

void StepQuadrature::step(std::span<const law::Point> from, double t, double dt, const Reach& reach) const {
  Lanes lanes(scheme_, domain_.dimension());
  const auto run = [&] {
    if (lanes.count() == 0) return;
    lanes.step(t, dt);
    lanes.meet(walls_, t + dt);
    for (std::size_t i = 0; i < lanes.count(); ++i) tell(lanes, i, from, reach);
    lanes.clear();
  };
  if (!in_pieces_) return take(from, dt, lanes, run);
  const auto pieces = nodes_between_branches(
      from.size(), [&](const std::vector<Trial>& trials) { return branches(trials, from, t, dt); }, nodes_);
  std::vector<law::Node> smooth;
  for (const auto& outcome : outcomes_) smooth.push_back({outcome.dW[0], outcome.probability});
  for (std::size_t i = 0; i < from.size(); ++i)
    for (const auto& [xi, weight] : pieces[i].empty() ? smooth : pieces[i]) {
      lanes.add(i, from[i], weight);
      lanes.increment(0) = std::sqrt(dt) * xi;
      if (lanes.is_full()) run();
    }
  run();
}

void StepQuadrature::observe(std::span<const law::Point> from, double t, double dt,
                             const Reach& reach) const {
  Lanes lanes(scheme_, domain_.dimension());
  take(from, dt, lanes, [&] {
    if (lanes.count() == 0) return;
    lanes.observe(t, dt);
    lanes.meet(walls_, t);
    for (std::size_t i = 0; i < lanes.count(); ++i)
      reach(lanes.from(i), lanes.position(i), lanes.probability(i));
    lanes.clear();
  });
}

/// Where a lane went, unless a wall absorbed it; and where it stayed, as far as it may have been refused.
void StepQuadrature::tell(const Lanes& lanes, std::size_t lane, std::span<const law::Point> from,
                          const Reach& reach) {
  const auto x = lanes.position(lane);
  const double p = lanes.probability(lane), accepted = lanes.acceptance(lane);
  const bool absorbed = !lanes.is_alive(lane) && std::isfinite(x[0]);
  if (!absorbed && accepted > 0) reach(lanes.from(lane), x, p * accepted);
  if (accepted < 1) reach(lanes.from(lane), from[lanes.from(lane)], p * (1 - accepted));
}

void StepQuadrature::take(std::span<const law::Point> from, double dt, Lanes& lanes,
                          const std::function<void()>& run) const {
  const double deviation = std::sqrt(dt);
  for (std::size_t i = 0; i < from.size(); ++i)
    for (const auto& outcome : outcomes_) {
      lanes.add(i, from[i], outcome.probability);
      for (std::size_t k = 0; k < outcome.dW.size(); ++k) lanes.increment(k) = deviation * outcome.dW[k];
      for (std::size_t k = 0; k < outcome.signs.size(); ++k) lanes.sign(k) = outcome.signs[k];
      if (lanes.is_full()) run();
    }
  run();
}

std::vector<long> StepQuadrature::branches(const std::vector<Trial>& trials, std::span<const law::Point> from,
                                           double t, double dt) const {
  Lanes lanes(scheme_, 1);
  std::vector<long> found;
  found.reserve(trials.size());
  const auto run = [&] {
    if (lanes.count() == 0) return;
    lanes.step(t, dt);
    for (std::size_t i = 0; i < lanes.count(); ++i)
      found.push_back(2 * image(lanes.coordinate(0, i), domain_.sides.front()) +
                      (lanes.acceptance(i) < 1 ? 1 : 0));
    lanes.clear();
  };
  for (const auto& [i, xi] : trials) {
    lanes.add(i, from[i], 0);
    lanes.increment(0) = std::sqrt(dt) * xi;
    if (lanes.is_full()) run();
  }
  run();
  return found;
}

}  // namespace fpk::sde
