#include "verification/gaussianity/anderson_darling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "verification/gaussianity/kolmogorov.hpp"

namespace fpk::verification {
namespace {

using std::numbers::pi;

constexpr int nodes = 48;  ///< of Gauss and Chebyshev; the integrand is smooth between its two singular ends
constexpr double none = 0.02;  ///< below it lies less than 1e-20 of the law

/// With u = (s^2 - 1)/4 the k-th interval is s = 4 k + r, |r| < 1:
/// (1/sqrt(pi)) int exp(-x (s^2 - 1)/8) s / sqrt((s^2 - 1) cos(pi r/2)) dr, singular at both ends like 1/sqrt(1 - r^2).
double term(double x, int k) {
  double sum = 0;
  for (int i = 1; i <= nodes; ++i) {
    const double r = std::cos((2 * i - 1) * pi / (2 * nodes)), s = 4 * k + r, square = s * s - 1;
    sum += std::exp(-x * square / 8) * s * std::sqrt((1 - r * r) / (square * std::cos(pi * r / 2)));
  }
  return sum * pi / nodes / std::sqrt(pi);
}

}  // namespace

double anderson_darling_survival(double x) {
  if (x < none) return 1;
  double sum = 0;
  for (int k = 1; k <= 200; ++k) {
    const double next = term(x, k);
    sum += k % 2 == 1 ? next : -next;
    if (next < 1e-17 * std::abs(sum)) break;
  }
  return std::clamp(sum, 0.0, 1.0);
}

double anderson_darling_statistic(std::span<const double> increasing) {
  constexpr double least = std::numeric_limits<double>::min();
  const std::size_t n = increasing.size();
  const auto log_cdf = [&](double z) { return std::log(std::max(normal_cdf(z), least)); };
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i)
    sum += (2 * static_cast<double>(i) + 1) * (log_cdf(increasing[i]) + log_cdf(-increasing[n - 1 - i]));
  const auto N = static_cast<double>(n);
  return -N - sum / N;
}

Tested anderson_darling_test(std::span<const double> increasing) {
  const double A2 = anderson_darling_statistic(increasing);
  return {A2, anderson_darling_survival(A2)};
}

}  // namespace fpk::verification
