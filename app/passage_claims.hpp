// The claims of a passage: numbers that two equations, or two ends, must agree on to round-off.
#pragma once

#include <optional>
#include <vector>

#include "verification/claim.hpp"

namespace fpk::app {

struct PassageFindings {
  double mean_backward = 0,
         mean_forward = 0;                ///< to any end: from -A^T tau = 1, and from -A g = start, sum g
  std::optional<double> rate_times_mean;  ///< lambda times the mean from the quasi-stationary law: 1
  std::optional<double> rate_out_of_source, rate_into_target;
  double correction = 0;  ///< last relative correction of the linear solves
};

std::vector<verification::Claim> passage_claims(const PassageFindings& findings);

}  // namespace fpk::app
