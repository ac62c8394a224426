// Samples shared out over a ladder of steps: on pairs whose difference is normal with a mean and a variance that this file
// chooses, so that the true order is known and so is the least cost.
#include "verification/coupled_ladder.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace {

using namespace fpk;
using verification::Level;

/// Biases d(h) = c h^p (1 + e h), standard deviation of a difference s h^q.
struct Pairs {
  double p = 1, e = 0, q = 1, c = 0.3, s = 1;
  std::uint64_t seed = 1;
  std::vector<double> steps = {0.2, 0.1, 0.05, 0.025};

  /// The moments of `count` samples are drawn from their own laws, which for normal values are known.
  Level operator()(std::size_t rung, std::int64_t first, std::int64_t count) const {
    const double h = steps[rung], n = static_cast<double>(count);
    const double d = c * std::pow(h, p) * (1 + e * h), sd = s * std::pow(h, q);
    std::mt19937_64 bits(seed * 1000003 + rung * 7919 + static_cast<std::uint64_t>(first));
    std::normal_distribution<double> normal;
    const double chi = n - 1 + std::sqrt(2 * (n - 1)) * normal(bits);
    Level level;
    level.difference = {n, -(d + sd / std::sqrt(n) * normal(bits)), sd * sd * chi, 0,
                        3 * sd * sd * sd * sd * n};
    level.cost = 3 / h;
    return level;
  }
};

verification::SampledLadder ladder(const Pairs& pairs, double budget = 1e10) {
  verification::LadderSettings settings;
  settings.steps = pairs.steps;
  settings.promised = pairs.p;
  settings.half_width = 0.05;
  settings.budget = budget;
  return verification::sampled_ladder(settings, pairs);
}

double half_width(const verification::OrderVerdict& v) { return 0.5 * (v.order->upper - v.order->lower); }

TEST(CoupledLadder, ReachesTheHalfWidthAskedFor) {
  for (const double p : {1.0, 2.0}) {
    const auto found = ladder({.p = p});
    ASSERT_TRUE(found.verdict.order) << found.verdict.remark;
    EXPECT_LE(half_width(found.verdict), 0.05);
    EXPECT_NEAR(found.verdict.order->value, p, 0.13);  // five standard deviations of the order
  }
}

// 95 % intervals of 200 seeds: 190 should hold the order; fewer than 178 with probability 1.9e-4, Binomial(200, 0.05) > 22.
TEST(CoupledLadder, HasIntervalsThatHoldTheOrder) {
  int holding = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const auto found = ladder({.seed = seed});
    ASSERT_TRUE(found.verdict.order);
    holding += found.verdict.order->lower <= 1 && 1 <= found.verdict.order->upper ? 1 : 0;
  }
  EXPECT_GE(holding, 178);
}

TEST(CoupledLadder, FitsTheNextTermOfALadderThatIsPreAsymptotic) {
  const auto found = ladder({.e = 3});  // one power would say 1.2
  ASSERT_TRUE(found.verdict.order) << found.verdict.remark;
  EXPECT_NE(found.verdict.remark.find("pre-asymptotic"), std::string::npos) << found.verdict.remark;
  EXPECT_LE(half_width(found.verdict), 0.05);
  // ln(1 + e h) is e h only to first order: what the fit misses at e h = 0.6, and five standard deviations.
  EXPECT_NEAR(found.verdict.order->value, 1, 0.13 + 0.1);
}

TEST(CoupledLadder, CostsFewerStepsThanEqualNumbersOnEveryRung) {
  const Pairs pairs{.p = 2};
  const auto found = ladder(pairs);
  double most = 0, each = 0;
  for (const auto& rung : found.rungs) {
    most = std::max(most, rung.samples());
    each += rung.cost;
  }
  EXPECT_LT(found.cost, 0.7 * most * each);
}

TEST(CoupledLadder, SaysThatTheBudgetEndedFirst) {
  const auto found = ladder({.p = 2, .s = 30}, 3e7);
  EXPECT_NE(found.verdict.remark.find("budget"), std::string::npos) << found.verdict.remark;
  EXPECT_LE(found.cost, 1.2 * 3e7);  // the first batches, and whole grains
}

TEST(CoupledLadder, RefusesWhereNoiseHidesTheBias) {
  const auto found = ladder({.p = 2, .s = 3e4}, 3e7);
  EXPECT_FALSE(found.verdict.order);
  EXPECT_NE(found.verdict.remark.find("noise hides the bias"), std::string::npos) << found.verdict.remark;
}

// The exact scheme: both paths of a pair agree.
TEST(CoupledLadder, StopsWhereThereIsNeitherBiasNorNoise) {
  const auto found = ladder({.c = 0, .s = 0});
  EXPECT_FALSE(found.verdict.order);
  EXPECT_NE(found.verdict.remark.find("exactly zero"), std::string::npos) << found.verdict.remark;
  EXPECT_EQ(found.rungs[0].samples(), 16384);
}

}  // namespace
