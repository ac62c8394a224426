// The exact distance of a mean from a normal law, and what Berry, Esseen and Edgeworth say of it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/hypergeometric.hpp>
#include <cmath>

#include "verification/gaussianity/berry_esseen.hpp"
#include "verification/gaussianity/kolmogorov.hpp"
#include "verification/gaussianity/mean_law.hpp"
#include "verification/order.hpp"

namespace fpk::verification {
namespace {

/// `ones` ones and zeros, N in all: means are binomial, or hypergeometric.
std::vector<double> coins(std::size_t ones, std::size_t N) {
  std::vector<double> x(N, 0);
  std::fill_n(x.begin(), ones, 1);
  return x;
}

/// Of a law of whole numbers 0 ... b from the normal one of that mean and deviation.
template <class Cdf>
double distance(std::size_t b, double mean, double deviation, const Cdf& cdf) {
  double D = 0, before = 0;
  for (std::size_t k = 0; k <= b; ++k) {
    const double Phi = normal_cdf((static_cast<double>(k) - mean) / deviation), after = cdf(k);
    D = std::max({D, std::abs(before - Phi), std::abs(after - Phi)});
    before = after;
  }
  return D;
}

double binomial_distance(std::size_t b, double p) {
  const auto n = static_cast<double>(b);
  const boost::math::binomial law(n, p);
  return distance(b, n * p, std::sqrt(n * p * (1 - p)),
                  [&](std::size_t k) { return cdf(law, static_cast<double>(k)); });
}

/// Means of exponential numbers, at the middles of N equal shares: skewed, and on no lattice.
std::vector<double> skewed(std::size_t N) {
  std::vector<double> x;
  for (std::size_t i = 0; i < N; ++i)
    x.push_back(-std::log((static_cast<double>(i) + 0.5) / static_cast<double>(N)));
  return x;
}

TEST(MeanLaw, OfCoinsIsBinomial) {
  for (const std::size_t b :
       {1U, 2U, 5U, 30U, 300U}) {  // the first ones by all choices, the others by the lattice
    const auto D = distance_of_mean(coins(3, 10), b, true);
    ASSERT_TRUE(D);
    EXPECT_NEAR(D->value, binomial_distance(b, 0.3), 2e-9)
        << b;  // the stated error, and that of a transform of 1e3 points
    EXPECT_LE(D->error, 1e-8);
  }
}

TEST(MeanLaw, OfRareOnesWrapsAroundItsWindowWithoutHarm) {
  // One of 1000: the sum of 4000 can reach 4000 and hardly ever leaves 30, so that the window is far smaller than the support.
  const auto D = distance_of_mean(coins(1, 1000), 4000, true);
  ASSERT_TRUE(D);
  EXPECT_NEAR(D->value, binomial_distance(4000, 1e-3), 1e-8);  // 1e-9 outside of the window, and rounding
}

TEST(MeanLaw, WithoutReplacementIsHypergeometric) {
  const auto D = distance_of_mean(coins(4, 12), 5, false);
  ASSERT_TRUE(D);
  const boost::math::hypergeometric law(4, 5, 12);
  const double variance = 5 * (4.0 / 12) * (8.0 / 12) * (12.0 - 5) / (12 - 1);
  EXPECT_NEAR(D->value,
              distance(4, 5 * 4.0 / 12, std::sqrt(variance), [&](std::size_t k) { return cdf(law, k); }),
              1e-12);
}

TEST(MeanLaw, IsTheSameByAllChoicesAndByTheTransform) {
  // Every number twice is the same law with too many choices of three to go through.
  auto x = skewed(100), twice = x;
  twice.insert(twice.end(), x.begin(), x.end());
  const auto by_choices = distance_of_mean(x, 3, true), by_transform = distance_of_mean(twice, 3, true);
  ASSERT_TRUE(by_choices && by_transform);
  EXPECT_NEAR(by_choices->value, by_transform->value, by_transform->error + by_choices->error);
  EXPECT_LT(by_transform->error,
            2e-4);  // a step of F: 0.4 / 4096, and the law's own of 1/100^3 several at once
}

TEST(MeanLaw, IsNotToBeHadWhereThereIsNoVarianceOrTooManyChoices) {
  EXPECT_FALSE(distance_of_mean(std::vector<double>(5, 2.0), 2, true));
  EXPECT_FALSE(distance_of_mean(skewed(8), 8, false));
  EXPECT_FALSE(distance_of_mean(skewed(100), 10, false));
}

TEST(PopulationShape, OfCoinsIsBernoullis) {
  const auto s = population_shape(coins(3, 10));
  const double p = 0.3, v = p * (1 - p);
  EXPECT_NEAR(s.mean, p, 1e-15);
  EXPECT_NEAR(s.deviation, std::sqrt(v), 1e-15);
  EXPECT_NEAR(s.skewness, (1 - 2 * p) / std::sqrt(v), 1e-14);
  EXPECT_NEAR(s.excess_kurtosis, (1 - 6 * v) / v, 1e-13);
  EXPECT_NEAR(s.third_absolute, (p * p + (1 - p) * (1 - p)) / std::sqrt(v), 1e-14);
  EXPECT_NEAR(s.span, 1 / std::sqrt(v), 1e-14);
}

TEST(PopulationShape, FindsTheSpanOfALatticeAndNoneElsewhere) {
  const std::vector<double> lattice{0.3, 0.3 + 0.6, 0.3 + 1.5, 0.3 - 2.1};  // multiples of 0.3 apart
  EXPECT_NEAR(population_shape(lattice).span * population_shape(lattice).deviation, 0.3, 1e-12);
  EXPECT_EQ(population_shape(skewed(50)).span, 0);
}

TEST(PopulationShape, GivesTheSkewnessOfAMeanWithoutReplacement) {
  // By going through all triples of eight numbers.
  const std::vector<double> x{0.1, 0.4, 0.5, 1.1, 1.3, 2.2, 3.9, 7.0};
  std::vector<double> means;
  for (unsigned set = 0; set < 256; ++set) {
    if (__builtin_popcount(set) != 3) continue;
    double sum = 0;
    for (unsigned i = 0; i < 8; ++i) sum += (set >> i & 1) != 0 ? x[i] : 0;
    means.push_back(sum / 3);
  }
  EXPECT_NEAR(skewness_of_mean(population_shape(x), 3, false), population_shape(means).skewness, 1e-13);
  EXPECT_EQ(skewness_of_mean(population_shape(x), 4, false),
            0);  // half of them: as skewed as the other half, the other way
}

TEST(BerryEsseen, BoundsEveryLawAndIsWithinAFactorOfSixOfTheWorst) {
  double closest = 0;
  for (const std::size_t ones : {1U, 2U, 5U, 13U, 25U})
    for (const std::size_t b : {1U, 2U, 3U, 10U, 100U}) {
      const auto shape = population_shape(coins(ones, 50));
      const auto D = distance_of_mean(coins(ones, 50), b, true);
      ASSERT_TRUE(D);
      EXPECT_LE(D->value, berry_esseen_bound(shape, b)) << ones << ' ' << b;
      closest = std::max(closest, D->value / berry_esseen_bound(shape, b));
    }
  EXPECT_GT(closest, 1 / 6.0);
}

/// Two to seven numbers, often equal.
std::vector<double> any_numbers() {
  const auto size = *rc::gen::inRange<std::size_t>(2, 8);
  std::vector<double> x;
  for (const int k : *rc::gen::container<std::vector<int>>(size, rc::gen::inRange(-9, 10)))
    x.push_back(k / 7.0);
  return x;
}

RC_GTEST_PROP(BerryEsseenProperty, BoundsTheMeanOfAnyNumbers, ()) {
  const auto x = any_numbers();
  const auto b = *rc::gen::inRange<std::size_t>(1, 6);
  const auto D = distance_of_mean(x, b, true);
  RC_PRE(D.has_value());
  RC_ASSERT(D->value <= berry_esseen_bound(population_shape(x), b) + D->error);
}

RC_GTEST_PROP(MeanLawProperty, DoesNotChangeWithUnitsNorWithTheSign, ()) {
  const auto x = any_numbers();
  auto y = x;
  for (double& v : y) v = 2 - 3 * v;
  const auto b = *rc::gen::inRange<std::size_t>(1, 5);
  for (const bool with_replacement : {true, false}) {
    const auto D = distance_of_mean(x, b, with_replacement), E = distance_of_mean(y, b, with_replacement);
    RC_ASSERT(D.has_value() == E.has_value());
    if (D) RC_ASSERT(std::abs(D->value - E->value) <= D->error + E->error);
  }
}

TEST(Edgeworth, LeadingTermIsTheLimitForSkewedNumbersAndForLattices) {
  for (const auto& x : {skewed(200), coins(3, 10), coins(5, 10)}) {
    const auto shape = population_shape(x);
    for (const std::size_t b : {64U, 256U}) {
      const auto D = distance_of_mean(x, b, true);
      ASSERT_TRUE(D);
      const double next = next_edgeworth_term(shape, b);
      EXPECT_NEAR(D->value, edgeworth_distance(shape, b, true), next + D->error) << b;
      EXPECT_LT(next, 0.3 * edgeworth_distance(shape, b, true));  // so that the line above says something
    }
  }
}

TEST(Edgeworth, RateInTheBatchIsAHalfAndOneWithoutSkewness) {
  auto symmetric = skewed(100);
  for (const double v : skewed(100)) symmetric.push_back(-v);
  std::vector<Rung> rungs, symmetric_rungs;
  for (const std::size_t b : {16U, 32U, 64U, 128U}) {
    rungs.push_back({1 / static_cast<double>(b), distance_of_mean(skewed(200), b, true)->value, 0});
    symmetric_rungs.push_back({1 / static_cast<double>(b), distance_of_mean(symmetric, b, true)->value, 0});
  }
  const auto rate = order_of_errors(rungs, 0).order, flat = order_of_errors(symmetric_rungs, 0).order;
  ASSERT_TRUE(rate && flat);
  EXPECT_NEAR(rate->value, 0.5, 0.03);  // terms of relative size 1/b: a few per cent at 16
  EXPECT_NEAR(flat->value, 1, 0.1);     // and steps of F of 1e-4 beside distances of 1e-3
}

}  // namespace
}  // namespace fpk::verification
