// Quantiles of the standard normal law Z that intervals and claims are made of:  P(|Z| > two_sided_quantile(level)) = level.
#pragma once

#include <boost/math/distributions/normal.hpp>

namespace fpk::verification {

/// `level` in (0, 1).
inline double two_sided_quantile(double level) {
  return boost::math::quantile(boost::math::complement(boost::math::normal(), 0.5 * level));
}

/// Half a 95 % interval, in standard deviations: two_sided_quantile(0.05).
inline constexpr double sigmas_95 = 1.959963984540054;

}  // namespace fpk::verification
