#include "app/run_claims.hpp"

#include <fmt/format.h>
#include <cmath>

#include "app/run_notes.hpp"
#include "solvers/build_generator.hpp"

namespace fpk::app {
namespace {

using verification::Allowance;
using verification::Claim;
using verification::Evidence;

/// A refinement by two must gain at least half of the promised order: an error of second order is at least
/// halved, where four times is what it tends to.
double least_gain(const io::Case& problem) {
  return std::exp2(0.5 * solvers::order_in_space(problem.process, problem.density.flux));
}

/// The same of fourth order.
constexpr double least_gain_of_fourth_order = 4;

Claim falls_with_refinement(std::string name, std::string sentence, double fine, double coarse, double gain,
                            double floor) {
  Claim claim{std::move(name), std::move(sentence), Evidence::asymptotic, fine, coarse / gain + floor, {}};
  claim.reason = fmt::format(
      "the error on a grid of half as many cells an axis, {:.2e}, over {:.2g}, half the promised order; plus "
      "{:.0e}",
      coarse, gain, floor);
  return claim;
}

Claim invariance(double change) {
  return {"stationary-law-is-gibbs",
          "The exact cell-averaged Gibbs law is stationary for the generator.",
          Evidence::exact,
          change,
          1e-13,
          "detailed balance with the exact cell weights, and a rotation's fluxes that sum to zero in each "
          "cell, leave "
          "only the rounding of the rates, 1.1e-16 times the energies in units of D"};
}

/// One claim of a run's statistical ones, which share its budget for false alarms comparison by comparison.
Claim agreement_of(const std::vector<verification::MeanComparison>& comparisons,
                   const std::vector<std::string>& names, std::size_t of_all, std::string name,
                   std::string sentence) {
  const double share = static_cast<double>(comparisons.size()) / static_cast<double>(of_all);
  auto agreement = verification::means_agree(comparisons, false_alarm_budget * share, std::move(name),
                                             std::move(sentence));
  if (agreement.worst)
    agreement.claim.reason += fmt::format("; the furthest was {}", names[*agreement.worst]);
  return agreement.claim;
}

Claim means(const Findings& f) {
  auto claim = agreement_of(f.means, f.means_of, f.means.size() + f.exits.size(), "particle-means-agree",
                            "The particles' means agree with the density's.");
  if (f.order_left)
    claim.reason +=
        fmt::format("; the means extrapolated in the step have a remainder of order {:g}", *f.order_left);
  return claim;
}

Claim exits(const Findings& f) {
  return agreement_of(
      f.exits, f.exits_of, f.means.size() + f.exits.size(), "particle-exits-agree",
      "As many particles survive, and leave through each absorbing face, as mass of the density does.");
}

Claim balance(const io::Case& problem, double measured) {
  Claim claim{"absorbed-mass-balances",
              "The mass that is left and what each absorbing face has taken add up to the mass at the start.",
              Evidence::exact,
              measured,
              1e-12,
              "the rounding of the probabilities of leaving through each face, summed over the cells"};
  if (!problem.process.depends_on_time()) return claim;
  claim.evidence = Evidence::asymptotic;
  claim.allowed = 4 * problem.density.tolerance;
  claim.reason =
      "the flux through each face is integrated over time to density.tolerance, and the masses stray by as "
      "much";
  return claim;
}

}  // namespace

std::vector<Claim> run_claims(const io::Case& problem, const Findings& f) {
  std::vector<Claim> claims;
  if (!f.history.empty()) {
    const Allowance mass{
        1e-13, fmt::format(
                   "the rounding of a sum over the cells; what the rounding of its own operations did to the "
                   "mass, {:.1e} in all, the propagator put right",
                   f.restored_mass)};
    claims.push_back(problem.domain.is_closed() ? mass_is_conserved(f.history, mass)
                                                : mass_never_grows(f.history, mass));
    claims.push_back(masses_are_non_negative(
        f.history, {negative_by_rounding, "the rounding of a series whose terms are of size 1"}));
    if (f.history.back().relative_entropy)
      claims.push_back(relative_entropy_never_grows(
          f.history, {1e-12, "the rounding of p ln(p/q), summed over the cells"}));
  }
  if (f.balance) claims.push_back(balance(problem, *f.balance));
  if (f.stationary_change) claims.push_back(invariance(*f.stationary_change));
  if (f.stationary_error && f.coarse_stationary_error)
    claims.push_back(falls_with_refinement(
        problem.process.stationary ? "stationary-law-as-given" : "stationary-law-tends-to-gibbs",
        problem.process.stationary ? "The generator's stationary law tends to the one given in the case."
                                   : "The generator's stationary law tends to the Gibbs law.",
        *f.stationary_error, *f.coarse_stationary_error, least_gain(problem), 1e-12));
  if (f.exact_error && f.coarse_exact_error)
    claims.push_back(falls_with_refinement(
        "density-tends-to-exact-law", "The density tends to the exact law of X_t as the cells shrink.",
        *f.exact_error, *f.coarse_exact_error, least_gain(problem), problem.density.tolerance));
  if (f.extrapolated_error && f.coarse_extrapolated_error)
    claims.push_back(falls_with_refinement(
        "extrapolated-density-tends-to-exact-law",
        "The extrapolated density tends to the exact law of X_t with fourth order.", *f.extrapolated_error,
        *f.coarse_extrapolated_error, least_gain_of_fourth_order, problem.density.tolerance));
  if (!f.pilot_failure.empty())
    claims.push_back({"particle-means-agree", "The particles' means agree with the density's.",
                      Evidence::statistical, std::nan(""), 0,
                      "the coupled pairs that measure the step's bias have no answer: " + f.pilot_failure});
  else if (!f.means.empty())
    claims.push_back(means(f));
  if (!f.exits.empty()) claims.push_back(exits(f));
  if (f.exploded)
    claims.push_back({"no-particle-exploded", "No particle's position ceased to be finite.", Evidence::exact,
                      static_cast<double>(*f.exploded), 0, "a scheme that explodes has no law to compare"});
  return claims;
}

}  // namespace fpk::app
