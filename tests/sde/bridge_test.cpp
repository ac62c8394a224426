#include "sde/bridge.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "sde/noise/uniform.hpp"

namespace {

using namespace fpk::sde;

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

TEST(CrossingProbability, IsThatOfABrownianBridge) {
  EXPECT_DOUBLE_EQ(crossing_probability(0.3, 0.2, 0.1), std::exp(-2 * 0.3 * 0.2 / 0.1));
  EXPECT_EQ(crossing_probability(0.3, -0.2, 0.1), 1);
  EXPECT_EQ(crossing_probability(0, 0.2, 0.1), 1);
  EXPECT_EQ(crossing_probability(0.3, 0.2, 0), 0);
  EXPECT_EQ(crossing_probability(0.3, -0.2, 0), 1);
  EXPECT_EQ(crossing_probability(30, 20, 0.1), 0);  // below the least uniform number
  EXPECT_TRUE(crossing_probability(0.3, std::nan(""), 0.1) == 0);
}

// Splitting a step at a point of the bridge changes nothing: 1 - p(x, y) = E (1 - p(x, m)) (1 - p(m, y)), m the midpoint, of
// mean (x + y)/2 and variance v/4. On this the coupling of coarse and fine paths stands.
RC_GTEST_PROP(CrossingProbability, IsThatOfItsTwoHalvesTogether, ()) {
  const double h0 = 0.01 * *rc::gen::inRange(1, 200), h1 = 0.01 * *rc::gen::inRange(1, 200),
               v = 0.01 * *rc::gen::inRange(10, 200);
  const double mean = (h0 + h1) / 2, sd = std::sqrt(v) / 2;
  double sum = 0;
  constexpr int panels = 4000;  // midpoint rule on 9 standard deviations: the integrand has a kink at 0
  const double lower = std::max(0.0, mean - 9 * sd), upper = mean + 9 * sd, width = (upper - lower) / panels;
  for (int k = 0; k < panels; ++k) {
    const double m = lower + (k + 0.5) * width;
    sum += width * std::exp(-0.5 * (m - mean) * (m - mean) / (sd * sd)) /
           (sd * std::sqrt(2 * std::numbers::pi)) * (1 - crossing_probability(h0, m, v / 2)) *
           (1 - crossing_probability(m, h1, v / 2));
  }
  RC_ASSERT(std::abs(sum - (1 - crossing_probability(h0, h1, v))) < 1e-5);
}

/// P(first crossing before share s of the step), of a path that crosses: inverse Gaussian in r = s / (1 - s).
double share_cdf(double h0, double h1, double v, double s) {
  const double r = s / (1 - s), mean = h0 / std::abs(h1), shape = h0 * h0 / v;
  const double root = std::sqrt(shape / r);
  return normal_cdf(root * (r / mean - 1)) + std::exp(2 * shape / mean) * normal_cdf(-root * (r / mean + 1));
}

/// Kolmogorov's distance of 100 000 shares to that law, times sqrt(n).
double kolmogorov(double h0, double h1, double v) {
  constexpr std::size_t n = 100'000;
  std::vector<double> shares;
  for (std::size_t i = 0; i < n; ++i) {
    const auto u = [&](std::uint32_t k) { return uniform(7, Purpose::crossing, i, 0, k); };
    shares.push_back(crossing_share(h0, h1, v, {u(0), u(1), u(2)}));
  }
  std::sort(shares.begin(), shares.end());
  double furthest = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double F = share_cdf(h0, h1, v, shares[i]);
    furthest = std::max(
        {furthest, std::abs(F - static_cast<double>(i) / n), std::abs(F - static_cast<double>(i + 1) / n)});
  }
  return furthest * std::sqrt(static_cast<double>(n));
}

// 3: exceeded with probability 2 exp(-18) = 3e-8.
TEST(CrossingShare, HasTheLawOfTheFirstCrossingWhetherOrNotThePathComesBack) {
  for (const double h1 : {0.2, -0.2, 1.7, -0.01}) EXPECT_LT(kolmogorov(0.3, h1, 0.25), 3) << h1;
}

// The test can fail: the variance off, or the two ends exchanged.
TEST(CrossingShare, IsToldFromAWrongLaw) {
  EXPECT_GT(std::abs(share_cdf(0.3, 0.2, 0.25, 0.5) - share_cdf(0.3, 0.2, 0.35, 0.5)),
            3 * 3 / std::sqrt(1e5));
  EXPECT_GT(std::abs(share_cdf(0.3, 0.2, 0.25, 0.5) - share_cdf(0.2, 0.3, 0.25, 0.5)),
            3 * 3 / std::sqrt(1e5));
}

TEST(CrossingShare, IsThatOfAStraightLineWithoutNoise) {
  EXPECT_DOUBLE_EQ(crossing_share(0.3, -0.1, 0, {0.5, 0.5, 0.5}), 0.75);
  EXPECT_EQ(crossing_share(0, 0.5, 0.1, {0.5, 0.5, 0.5}), 0);
}

RC_GTEST_PROP(CrossingShare, LiesWithinTheStep, ()) {
  const auto number = [](int decades) { return std::pow(10.0, *rc::gen::inRange(-decades, decades)); };
  const double h0 = number(12), h1 = number(12) * (*rc::gen::arbitrary<bool>() ? 1 : -1), v = number(12);
  const auto u = [] { return (*rc::gen::inRange(0, 1 << 20) + 0.5) * 0x1p-20; };
  const double share = crossing_share(h0, h1, v, {u(), u(), u()});
  RC_ASSERT(share >= 0);
  RC_ASSERT(share <= 1);
}

}  // namespace
