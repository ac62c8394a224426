#include "verification/gaussianity/kolmogorov.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fpk::verification {
namespace {

/// Q(x). Below 0.2 it is 1 to double accuracy.
double limit_survival(double x) {
  if (x < 0.2) return 1;
  double sum = 0;
  for (int k = 1; k <= 100; ++k) {
    const double term = std::exp(-2.0 * k * k * x * x);
    sum += k % 2 == 1 ? term : -term;
    if (term < 1e-17 * std::abs(sum)) break;
  }
  return std::clamp(2 * sum, 0.0, 1.0);
}

}  // namespace

double normal_cdf(double z) { return 0.5 * std::erfc(-z / std::numbers::sqrt2); }

double kolmogorov_distance(std::span<const double> increasing) {
  const auto n = static_cast<double>(increasing.size());
  double D = 0;
  for (std::size_t i = 0; i < increasing.size(); ++i) {
    const double below = static_cast<double>(i) / n, above = static_cast<double>(i + 1) / n;
    const double F = normal_cdf(increasing[i]);
    D = std::max({D, F - below, above - F});
  }
  return D;
}

double kolmogorov_survival(double d, std::size_t n) {
  const double root = std::sqrt(static_cast<double>(n)), x = root * d;
  return limit_survival(x + 1 / (6 * root) + (x - 1) / (4 * root * root));
}

/// By the first term of Q alone: the second is its fourth power over eight, below 2e-4 of it up to alpha = 0.2.
double kolmogorov_critical(double alpha, std::size_t n) {
  const double root = std::sqrt(static_cast<double>(n)), square = root * root;
  const double at = std::sqrt(std::log(2 / alpha) / 2);
  return (at - 1 / (6 * root) + 1 / (4 * square)) / (1 + 1 / (4 * square)) / root;
}

Tested kolmogorov_test(std::span<const double> increasing) {
  const double D = kolmogorov_distance(increasing);
  return {D, kolmogorov_survival(D, increasing.size())};
}

}  // namespace fpk::verification
