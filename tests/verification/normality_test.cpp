#include "verification/normality.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace fpk::verification {
namespace {

TEST(NormalityStatistics, OfThreePointsAreThoseByHand) {
  // Phi(1) = 0.841344746068543. About the mean 0 the moments of -1, 0, 1 are 2/3, 0, 2/3.
  const auto s = normality_statistics({1, -1, 0});
  const double p = 0.841344746068543;
  EXPECT_NEAR(s.skewness, 0, 1e-15);
  EXPECT_NEAR(s.kurtosis, 1.5 - 3, 1e-14);
  EXPECT_NEAR(s.distance, 1.0 / 3 - (1 - p), 1e-14);
  EXPECT_NEAR(s.anderson_darling,
              -3 - (2 * std::log(1 - p) + 3 * 2 * std::log(0.5) + 5 * 2 * std::log(p)) / 3, 1e-13);
}

TEST(NormalityStatistics, TellTheExponentialLawBySkewnessTwoAndKurtosisSix) {
  std::mt19937_64 random(1);
  std::exponential_distribution<double> exponential;
  std::vector<double> x(400'000);
  for (double& v : x) v = exponential(random) - 1;
  const auto s = normality_statistics(std::move(x));
  // Standard errors from the law's moments of order 6 and 8: about 0.015 and 0.2; four of them.
  EXPECT_NEAR(s.skewness, 2, 0.06);
  EXPECT_NEAR(s.kurtosis, 6, 0.8);
  EXPECT_NEAR(s.distance, 0.158655, 0.007);  // at -1, where the law begins; 4/sqrt(n)
}

// Normal numbers: mean of A2 is 1 (Anderson, Darling 1954), and D sqrt(n) has the median 0.8276.
TEST(NormalityStatistics, OfNormalNumbersHaveTheirLimitLaws) {
  std::mt19937_64 random(2);
  std::normal_distribution<double> normal;
  constexpr int samples = 2000, n = 400;
  double a2 = 0;
  int above = 0;
  for (int k = 0; k < samples; ++k) {
    std::vector<double> x(n);
    for (double& v : x) v = normal(random);
    const auto s = normality_statistics(std::move(x));
    a2 += s.anderson_darling / samples;
    above += s.distance * std::sqrt(n) > 0.8276 - 1 / (6 * std::sqrt(n));  // the shift of a finite sample
  }
  EXPECT_NEAR(a2, 1, 4 * 0.76 / std::sqrt(samples));  // Var A2 = 2 (pi^2 - 9)/3 = 0.58
  EXPECT_NEAR(above, samples / 2, 4 * std::sqrt(samples) / 2);
}

}  // namespace
}  // namespace fpk::verification
