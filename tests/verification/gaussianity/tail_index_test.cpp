// Tail indices, on laws whose index is known, and on normal data, which have none.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/verification/gaussianity/drawn.hpp"
#include "verification/gaussianity/tail_index.hpp"

namespace fpk::verification {
namespace {

using namespace testing;

TEST(StableIndex, IsTheIndexOfStableNumbers) {
  std::mt19937_64 bits(7);
  std::cauchy_distribution<double> cauchy;
  std::vector<double> x(90'000);
  for (double& v : x) v = cauchy(bits);
  // 1/alpha = difference of means of 300 and 90 000 logarithms over ln 300; the standard deviation of ln|X| is pi/2 for Cauchy's
  // law and pi/sqrt(8) for the normal one. Four standard errors.
  EXPECT_NEAR(1 / stable_index(x, 300), 1, 4 * (M_PI / 2) / std::sqrt(300) / std::log(300));
  EXPECT_NEAR(1 / stable_index(normals(90'000, bits), 300), 0.5,
              4 * (M_PI / std::sqrt(8)) / std::sqrt(300) / std::log(300));
}

TEST(StableIndex, OfNormalNumbersOfUnlikeVarianceIsBelowTwo) {
  // Every second number a hundred times as large: Y has variance m (1 + 1e4)/2, E ln|X| is that of 10. So
  // 1/alpha = 1/2 + ln(sqrt((1 + 1e4)/2)/10)/ln m, alpha = 1.19 for m = 300, without any heavy tail.
  std::mt19937_64 bits(8);
  auto x = normals(90'000, bits);
  for (std::size_t i = 0; i < x.size(); i += 2) x[i] *= 100;
  const double expected = 0.5 + std::log(std::sqrt((1 + 1e4) / 2) / 10) / std::log(300);
  EXPECT_NEAR(1 / stable_index(x, 300), expected, 4 * (M_PI / std::sqrt(8)) / std::sqrt(300) / std::log(300));
  EXPECT_LT(stable_index(x, 300), 1.3);
}

TEST(HillIndex, IsTheExponentOfAPowerLaw) {
  std::mt19937_64 bits(9);
  std::uniform_real_distribution<double> uniform;
  std::vector<double> x(20'000);
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = (i % 2 == 0 ? 1 : -1) * std::pow(1 - uniform(bits), -1 / 2.5);
  EXPECT_NEAR(hill_index(x, 2000), 2.5, 4 * 2.5 / std::sqrt(2000));  // alpha/sqrt(k) is the standard error
}

TEST(HillIndex, OfTheNormalLawIsFiniteAndFollowsFromItsQuantile) {
  // 1/alpha = int_q^inf P(|z| > x) / x dx / P(|z| > q), q = 2.5758 where P(|z| > q) = 1 %.
  constexpr double q = 2.575829, h = 1e-3;
  double integral = 0;
  for (double x = q + h / 2; x < 10; x += h) integral += 2 * normal_cdf(-x) / x * h;
  const double expected = 0.01 / integral;
  std::mt19937_64 bits(10);
  EXPECT_NEAR(hill_index(normals(100'000, bits), 1000), expected, 4 * expected / std::sqrt(1000));
  EXPECT_GT(expected, q * q + 2);  // 8.9
  EXPECT_LT(expected, q * q + 3);
}

TEST(HillIndex, OfThreeNumbersIsWhatTheFormulaSays) {
  EXPECT_NEAR(hill_index(std::vector<double>{-8, 1, 2}, 2), 2 / (std::log(8.0) + std::log(2.0)), 1e-15);
  EXPECT_THROW((void)hill_index(std::vector<double>{1, 2}, 2), std::invalid_argument);
  EXPECT_THROW((void)stable_index(std::vector<double>{1}, 2), std::invalid_argument);
}

}  // namespace
}  // namespace fpk::verification
