// An order that a ladder of steps shows, by the operator iteration of the production step: no random number, so that an order is a
// slope.
//
// Between rungs dt and dt/2 of a ladder the error of a scheme of order p falls with the slope p + c dt + ...; of two neighbouring
// slopes s_1, s_2 the combination 2 s_2 - s_1 misses p by terms of dt^2. On the ladders of order_problems.hpp that is below 0.05: a
// twentieth of what would make it another order.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "app/operator_road.hpp"
#include "tests/operator/order_problems.hpp"

namespace fpk::orders {

using sde::SchemeFacts;

inline constexpr double order_allowed = 0.05;
inline constexpr double order_allowed_in_the_plane = 0.1;  ///< longer steps: few are affordable there

using Maker = std::function<std::unique_ptr<sde::Scheme>(const SchemeFacts&, const model::Process&)>;
inline std::unique_ptr<sde::Scheme> by_the_row(const SchemeFacts& row, const model::Process& p) {
  return row.make(p);
}

/// The production step of a scheme on a problem.
inline verification::OperatorIteration iteration(const sde::Scheme& scheme, const Problem& p,
                                                 bool invariant) {
  law::WeightedPoint start{{}, 1};
  std::copy(p.start.begin(), p.start.end(), start.x.begin());
  verification::Extent whole{p.start.size(), {}, {}};
  for (std::size_t a = 0; a < p.start.size(); ++a) {
    whole.lower[a] = p.domain.sides[a].lower;
    whole.upper[a] = p.domain.sides[a].upper;
    if (p.start.size() == 2 && !p.domain.sides[a].is_periodic()) whole.lower[a] = -5, whole.upper[a] = 5;
  }
  return {app::stepped_map(scheme, p.process, p.domain, sde::NoiseKind::normal),
          app::function_of({"f", formula::parse(p.observable, {p.process.variables, {}, {}})},
                           p.process.variables),
          {start},
          whole,
          p.end,
          p.steps.front(),
          invariant};
}

// One level is enough: 16 panels of 12 points know the functions of a line to 1e-12, four an axis those of these planes to 1e-8.
inline constexpr verification::PanelLevel of_the_line{16, 20}, of_the_plane{4, 8};

inline verification::Value expectation(const verification::OperatorIteration& of, const Problem& p,
                                       std::int64_t steps) {
  if (p.start.size() == 1) return {of.expectation_at(of_the_line, steps), 1e-12};
  return {of.expectation_at(of_the_plane, steps), 1e-8};
}

/// A decision makes kinks, in the plane in the increments, on the line where there begin to be refusals: the error is then what a
/// finer level changes.
inline verification::Value invariant_mean(const verification::OperatorIteration& of, const Problem& p,
                                          std::int64_t steps, bool decides) {
  const double dt = p.end / static_cast<double>(steps);
  const bool line = p.start.size() == 1;
  const double mean = of.invariant_at(line ? of_the_line : of_the_plane, dt);
  if (!decides) return {mean, line ? 1e-12 : 1e-8};
  const verification::PanelLevel finer =
      line ? verification::PanelLevel{32, 26} : verification::PanelLevel{4, 16};
  return {mean, std::abs(mean - of.invariant_at(finer, dt))};
}

/// What a ladder shows against what was promised.
struct Finding {
  bool agrees = false;
  std::string words;
};

/// `at_least`: the order promised is a bound.
inline Finding compare(const Problem& p, double promised, bool at_least,
                       const std::vector<verification::Value>& values, double exact) {
  std::vector<double> errors;
  for (const auto& v : values) errors.push_back(std::abs(v.value - exact));
  bool none = true;
  for (std::size_t l = 0; l < errors.size(); ++l) none = none && errors[l] <= 10 * (values[l].error + 1e-12);
  if (none || std::isinf(promised))
    return {none, fmt::format("promised {}; no error, {}", promised, fmt::join(errors, ", "))};
  const double first = std::log2(errors[0] / errors[1]), second = std::log2(errors[1] / errors[2]);
  const double order = 2 * second - first;
  const double allowed = p.start.size() == 1 ? order_allowed : order_allowed_in_the_plane;
  const bool enough = at_least ? std::min(first, second) >= promised - allowed : order >= promised - allowed;
  return {enough && (at_least || order <= promised + allowed),
          fmt::format("promised {}, found {:.3f} from the slopes {:.3f}, {:.3f} of the errors {}", promised,
                      order, first, second, fmt::join(errors, ", "))};
}

inline Finding weak(const SchemeFacts& row, const Problem& p, const model::Process& stepped,
                    const Maker& make = by_the_row) {
  const auto scheme = make(row, stepped);
  const auto of = iteration(*scheme, p, false);
  std::vector<verification::Value> values;
  for (const auto n : p.steps) values.push_back(expectation(of, p, n));
  // Refusals, with a probability of order dt^(3/2), may cancel the term of first order, and do so in one variable.
  return compare(p, sde::weak_order(row, p.process, sde::NoiseKind::normal, p.domain), scheme->has_decision(),
                 values, p.exact);
}

inline Finding invariant(const SchemeFacts& row, const Problem& p, const model::Process& stepped,
                         const Maker& make = by_the_row) {
  const auto scheme = make(row, stepped);
  const auto of = iteration(*scheme, p, true);
  std::vector<verification::Value> values;
  for (const auto n : p.steps)
    values.push_back(invariant_mean(of, p, p.start.size() == 1 ? n : 2 * n, scheme->has_decision()));
  return compare(p, row.invariant_order, false, values, *p.stationary);
}

}  // namespace fpk::orders
