// The claims of a run: what was measured beside what is allowed, and why.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/references.hpp"
#include "io/case_file.hpp"
#include "solvers/generator.hpp"
#include "verification/claim.hpp"
#include "verification/invariants.hpp"
#include "verification/mean_agreement.hpp"

namespace fpk::app {

/// What the roads left for the judge.
struct Findings {
  std::vector<verification::Invariants> history;    ///< of the density; empty where it is off
  std::vector<verification::MeanComparison> means;  ///< particles against density, observables x times
  std::vector<std::string> means_of;                ///< "second_moment at t = 2" for each of them
  std::vector<verification::MeanComparison>
      exits;                          ///< survival and absorbing faces x times, particles against density
  std::vector<std::string> exits_of;  ///< "absorbed at x_lower at t = 2" for each of them
  double restored_mass = 0;           ///< io::DensityRecord::restored_mass
  std::optional<double> stationary_change;  ///< |A pi|_1 / (2 |outflow pi|_1) where pi is a Gibbs law
  std::optional<double> stationary_error, coarse_stationary_error;  ///< L1, computed law to the exact one
  std::optional<double> exact_error, coarse_exact_error;  ///< largest L1 over time, density to the exact law
  std::optional<double> extrapolated_error,
      coarse_extrapolated_error;     ///< the same of the extrapolated density
  std::optional<double> balance;     ///< largest |mass + absorbed - 1|, where several faces absorb
  std::optional<double> order_left;  ///< of the step's error, where the means are extrapolated in the step
  std::optional<std::int64_t> exploded;
  std::string
      pilot_failure;  ///< why the coupled pairs that measure the step's bias have no answer; empty: they have
};

void archive(parallel::Archive& archive, Findings& findings);

/// Share of sound runs that may fail the statistical claims of a run, all together.
inline constexpr double false_alarm_budget = 1e-4;

std::vector<verification::Claim> run_claims(const io::Case& problem, const Findings& findings);

}  // namespace fpk::app
