#include "law/exact/normal.hpp"

#include <algorithm>
#include <boost/math/special_functions/erf.hpp>
#include <cmath>
#include <numbers>

namespace fpk::law {
namespace {

/// P(Z > z).
double upper_tail(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

/// z with P(Z > z) = p.
double upper_quantile(double p) {
  p = std::clamp(p, 1e-300, 1 - 1e-16);
  return std::numbers::sqrt2 * boost::math::erfc_inv(2 * p);
}

}  // namespace

double normal_mass(double a, double b) {
  if (a > 0) return upper_tail(a) - upper_tail(b);  // differences of small tails lose nothing
  if (b < 0) return upper_tail(-b) - upper_tail(-a);
  return 0.5 * (std::erf(b / std::numbers::sqrt2) - std::erf(a / std::numbers::sqrt2));
}

double normal_density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi); }

double truncated_normal_quantile(double u, double a, double b) {
  const double mass = normal_mass(a, b);
  // Work with the tail that is smaller, where the complement would round to 1.
  const double lower_tail = upper_tail(-a) + u * mass;
  const double z =
      lower_tail < 0.5 ? -upper_quantile(lower_tail) : upper_quantile(upper_tail(b) + (1 - u) * mass);
  return std::clamp(z, a, b);
}

}  // namespace fpk::law
