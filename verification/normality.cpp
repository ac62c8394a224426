#include "verification/normality.hpp"

#include <algorithm>
#include <cmath>

#include "verification/gaussianity/anderson_darling.hpp"
#include "verification/gaussianity/kolmogorov.hpp"

namespace fpk::verification {
namespace {

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
  s.distance = kolmogorov_distance(x);
  s.anderson_darling = anderson_darling_statistic(x);
  return s;
}

}  // namespace fpk::verification
