#include "solvers/choose_propagator.hpp"

#include <fmt/format.h>

#include <cmath>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

// Jumps of the fastest cell, rho T, beyond which implicit steps are the cheaper way, as measured (docs/propagators.md).

/// Of a generator that is built anew at every stage: building is what costs, and explicit steps take 4 rho T stages.
constexpr double most_jumps_explicit = 200;
/// Of a constant one at a tolerance of 1e-8. Implicit steps cost as much as 6e4 jumps there; three times as many are the
/// price of a density that cannot go negative.
constexpr double most_jumps_at_1e8 = 2e5;
/// Terms of a Chebyshev series.
constexpr double most_terms = 3e6;

double most_jumps(double tolerance) { return most_jumps_at_1e8 * std::pow(1e-8 / tolerance, 0.2); }

/// The names of those that take such a generator, for the message of a refusal.
std::string takers(const GeneratorTraits& traits) {
  std::string names;
  for (const auto& p : propagators())
    if (refusal(p, traits).empty()) names += (names.empty() ? "" : ", ") + std::string(p.name);
  return names;
}

Choice choose_named(std::string_view name, const GeneratorTraits& traits) {
  const auto* const asked = find_propagator(name);
  if (asked == nullptr) throw SolverError(fmt::format("there is no propagator called {}", name));
  const std::string why_not = refusal(*asked, traits);
  if (!why_not.empty())
    throw SolverError(fmt::format("the propagator {} {}; try one of: {}", name, why_not, takers(traits)));
  return {asked, "asked for in the case"};
}

}  // namespace

GeneratorTraits traits(const PropagatorTask& task) {
  const auto generator = task.generator(0);
  return {.reversible = generator->rates().log_weights.has_value(),
          .depends_on_time = task.depends_on_time,
          .limited = generator->is_limited()};
}

Choice choose_propagator(std::string_view name, const PropagatorTask& task) {
  const auto generator = task.generator(0);
  const GeneratorTraits traits = solvers::traits(task);
  if (name != "auto") return choose_named(name, traits);
  if (traits.limited)
    return {find_propagator("ssp"),
            "fluxes are limited to keep the density positive, and this keeps it so in time"};
  const double jumps = generator->largest_outflow() * task.duration;
  const auto because = [&](std::string_view chosen, std::string_view reason) {
    return Choice{find_propagator(chosen),
                  fmt::format("{} (the fastest cell jumps {:.0f} times)", reason, jumps)};
  };
  if (task.depends_on_time && jumps <= most_jumps_explicit)
    return because("explicit", "the coefficients depend on time, and explicit steps are affordable");
  if (task.depends_on_time)
    return because("sdirk", "the coefficients depend on time, and the generator is stiff");
  // The series takes about sqrt(40 rho t) terms, rho being twice the largest rate.
  if (traits.reversible && std::sqrt(80 * jumps) <= most_terms)
    return because("chebyshev",
                   "the generator is in detailed balance, so its exponential is a Chebyshev series");
  if (jumps <= most_jumps(task.tolerance))
    return because("uniformisation", "not in detailed balance, and its jumps are affordable");
  return because("sdirk", fmt::format("too stiff for a series at a tolerance of {:.0e}", task.tolerance));
}

}  // namespace fpk::solvers
