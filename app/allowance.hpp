// What a comparison of particles with a density allows for beside chance: the bias of the step, and the grain of rare particles.
#pragma once

#include <algorithm>
#include <cmath>

#include "app/run_claims.hpp"
#include "law/law.hpp"

namespace fpk::app {

/// Size of the step's bias, with the standard error of that, from coupled pairs with dt and dt/2:
/// bias(dt) = (E f(dt) - E f(dt/2)) / (1 - 2^-order). The error of the difference is at least `least`: pairs that never part tell
/// no more than that one of them might have.
inline law::Estimate step_bias(const law::Estimate& difference, double order, double least = 0) {
  const double extrapolation = 1 / (1 - std::pow(2.0, -order));
  return {extrapolation * std::abs(difference.value),
          extrapolation * std::max(difference.standard_error, least)};
}

/// What a few rare particles can do to a mean of N values within `range`, over M comparisons: 2/3 ln(2 M / alpha) range / N, the term
/// of Bernstein's inequality beside the normal one.
inline double grain(double M, double range, double N) {
  return 2.0 / 3.0 * std::log(2 * M / false_alarm_budget) * range / N;
}

}  // namespace fpk::app
