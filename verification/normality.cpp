#include "verification/normality.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fpk::verification {
namespace {

/// P(Z > z), to relative accuracy.
double upper_tail(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }

void set_moments(const std::vector<double>& x, NormalityStatistics& s) {
  const auto n = static_cast<double>(x.size());
  double mean = 0, m2 = 0, m3 = 0, m4 = 0;
  for (const double v : x) mean += v / n;
  for (const double v : x) {
    const double d = v - mean;
    m2 += d * d / n;
    m3 += d * d * d / n;
    m4 += d * d * d * d / n;
  }
  s.skewness = m3 / std::pow(m2, 1.5);
  s.kurtosis = m4 / (m2 * m2) - 3;
}

}  // namespace

NormalityStatistics normality_statistics(std::vector<double> x) {
  NormalityStatistics s;
  set_moments(x, s);
  std::ranges::sort(x);
  const std::size_t n = x.size();
  const auto count = static_cast<double>(n);
  double sum = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const auto rank = static_cast<double>(i);
    const double below = upper_tail(-x[i]);
    s.distance = std::max({s.distance, below - rank / count, (rank + 1) / count - below});
    // A point so far out that its tail is 0 in double precision counts as one at the smallest number there is.
    constexpr double smallest = 1e-300;
    sum += (2 * rank + 1) *
           (std::log(std::max(below, smallest)) + std::log(std::max(upper_tail(x[n - 1 - i]), smallest)));
  }
  s.anderson_darling = -count - sum / count;
  return s;
}

}  // namespace fpk::verification
