// The second moment of Euler and Maruyama's scheme on the process of data/cases/ornstein_uhlenbeck.toml, in closed form at any step,
// and extrapolated in it: an oracle without chance.
#pragma once

#include <cmath>

#include "verification/talay_tubaro.hpp"

namespace fpk::closed_forms {

/// dX = -k X dt + sqrt(noise) dW from N(start, variance).
inline constexpr double k = 1.5, noise = 1.2, start = 1.3, variance = 0.09;

/// E X_n^2, n steps to time 1.
inline double second_moment(int n) {
  const double h = 1.0 / n;
  double m = start * start + variance;
  for (int i = 0; i < n; ++i) m = (1 - k * h) * (1 - k * h) * m + noise * h;
  return m;
}
/// E X_1^2 of the process.
inline const double exact_second_moment =
    std::exp(-2 * k) * (start * start + variance) + noise / (2 * k) * (1 - std::exp(-2 * k));

/// Of n and 2 n steps, by the weights of a scheme of order 1.
inline double extrapolated_second_moment(int n) {
  const auto w = verification::extrapolation_weights(1);
  return w.coarse * second_moment(n) + w.fine * second_moment(2 * n);
}

}  // namespace fpk::closed_forms
