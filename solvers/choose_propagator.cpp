#include "solvers/choose_propagator.hpp"

#include <fmt/format.h>

#include <cmath>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

/// Applications of the generator beyond which stepping with linear solves is the cheaper way.
constexpr double most_jumps = 3e6;
/// The same for a generator that is built anew at every stage.
constexpr double most_jumps_explicit = 2e4;

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

Choice choose_propagator(std::string_view name, const PropagatorTask& task) {
  const auto generator = task.generator(0);
  const GeneratorTraits traits{generator->rates().log_weights.has_value(), task.depends_on_time,
                               generator->is_limited()};
  if (name != "auto") return choose_named(name, traits);
  if (traits.limited)
    return {find_propagator("ssp"),
            "fluxes are limited to keep the density positive, and this keeps it so in time"};
  // The series takes about sqrt(40 rho t) applications, rho being twice the largest rate.
  const double jumps = generator->largest_outflow() * task.duration;
  if (task.depends_on_time && jumps <= most_jumps_explicit)
    return {find_propagator("explicit"),
            "the coefficients depend on time, and explicit steps are affordable"};
  if (task.depends_on_time)
    return {find_propagator("implicit"), "the coefficients depend on time, and the generator is stiff"};
  if (traits.reversible && std::sqrt(80 * jumps) <= most_jumps)
    return {find_propagator("chebyshev"),
            "the generator is in detailed balance, so its exponential is a Chebyshev series"};
  if (jumps <= most_jumps)
    return {find_propagator("uniformisation"),
            fmt::format("not in detailed balance; the fastest cell jumps {:.0f} times, which is affordable",
                        jumps)};
  return {find_propagator("implicit"), "too stiff for a series: the fastest cell jumps too often"};
}

}  // namespace fpk::solvers
