// What a comparison of particles with a density allows for beside chance: the bias of the step, and the grain of rare particles.
//
//     b(dt) = c dt^p,   d = b(dt) - b(dt/2)      =>   b(dt) = d / (1 - 2^-p)              p: the weak order (Talay, Tubaro 1990)
//
//     P(|mean - mu| > s sqrt(2 L / N) + 2/3 L R / N) <= 2 e^-L,   L = ln(2 M / alpha)     R: range of the values, s their sd
//
// Bernstein's inequality (Boucheron, Lugosi, Massart 2013, theorem 2.10, its quadratic equation solved): the term with R is what
// a few rare particles do to a mean of N, M comparisons sharing a false-alarm budget alpha.
#pragma once

#include <algorithm>
#include <cmath>

#include "law/law.hpp"

namespace fpk::verification {

/// |b(dt)| with its standard error, from d = E f(dt) - E f(dt/2) by coupled pairs or by independent paths. The error of d is at
/// least `least`: pairs that never part tell no more than that one of them might have.
inline law::Estimate step_bias(const law::Estimate& difference, double order, double least = 0) {
  const double extrapolation = 1 / (1 - std::pow(2.0, -order));
  return {extrapolation * std::abs(difference.value),
          extrapolation * std::max(difference.standard_error, least)};
}

/// 2/3 ln(2 M / alpha) R / N, in units of the values.
inline double grain(double M, double alpha, double R, double N) {
  return 2.0 / 3.0 * std::log(2 * M / alpha) * R / N;
}

}  // namespace fpk::verification
