#include "sde/bridge.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "formula/elementary.hpp"

namespace fpk::sde {
namespace {

namespace elementary = formula::elementary;  // the same bits on every machine

}  // namespace

double crossing_probability(double h0, double h1, double v) {
  if (h0 <= 0 || h1 <= 0) return 1;
  const double exponent = 2 * h0 * h1;
  return exponent < out_of_reach * v ? elementary::exp(-exponent / v) : 0;
}

double crossing_share(double h0, double h1, double v, const double (&uniforms)[3]) {
  if (h0 <= 0) return 0;
  const double beyond = std::max(std::abs(h1), 1e-12 * h0);  // 0 is the limit of a mean without end
  if (!(v > 0)) return h0 / (h0 + beyond);
  // Square of a normal number, by Box and Muller.
  const double cosine = elementary::cos(2 * std::numbers::pi * uniforms[1]);
  const double z2 = -2 * elementary::log(uniforms[0]) * cosine * cosine;
  const double mean = h0 / beyond, a = z2 * v / (2 * h0 * beyond);
  const double less =
      mean / (1 + a + std::sqrt(a * (2 + a)));  // the smaller root; no difference of like numbers
  const double r = uniforms[2] * (mean + less) <= mean ? less : mean * (mean / less);
  return 1 / (1 + 1 / r);
}

}  // namespace fpk::sde
