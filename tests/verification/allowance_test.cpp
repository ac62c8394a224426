// What is allowed for beside chance: the bias of a step from a difference, and the grain of rare particles.
#include "verification/allowance.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <limits>

namespace fpk::verification {
namespace {

TEST(StepBias, IsTwiceTheDifferenceAtOrderOneAndFourThirdsOfItAtOrderTwo) {
  const law::Estimate d{-0.3, 0.01};
  EXPECT_DOUBLE_EQ(step_bias(d, 1).value, 0.6);
  EXPECT_DOUBLE_EQ(step_bias(d, 1).standard_error, 0.02);
  EXPECT_DOUBLE_EQ(step_bias(d, 2).value, 0.4);
  EXPECT_DOUBLE_EQ(step_bias(d, 2).standard_error, 0.04 / 3);
  EXPECT_DOUBLE_EQ(step_bias(d, std::numeric_limits<double>::infinity()).value, 0.3);
}

// c dt^p at dt = 0.2 and at half of it.
TEST(StepBias, IsTheBiasOfAPurePower) {
  for (const double p : {0.5, 1.0, 1.5, 2.0}) {
    const double b = 0.7 * std::pow(0.2, p), half = 0.7 * std::pow(0.1, p);
    EXPECT_NEAR(step_bias({b - half, 0}, p).value, b, 1e-15) << p;
  }
}

TEST(StepBias, OfPairsThatNeverPartIsKnownToTheFloor) {
  EXPECT_DOUBLE_EQ(step_bias({0, 0}, 1, 1e-3).standard_error, 2e-3);
  EXPECT_DOUBLE_EQ(step_bias({0, 5e-3}, 1, 1e-3).standard_error, 1e-2);
  EXPECT_EQ(step_bias({0, 0}, 1).standard_error, 0);
}

// An event of probability q that few of N particles meet: beyond normal deviation and grain lies no more than the budget, which the
// binomial law tells exactly; without the grain far more.
TEST(Grain, KeepsTheBudgetOnARareEvent) {
  constexpr double N = 1e4, alpha = 1e-4;
  for (const double expected : {0.01, 0.1, 1.0, 5.0}) {
    const double q = expected / N, s = std::sqrt(q * (1 - q) / N);
    const double z = std::sqrt(2 * std::log(2 / alpha));
    const boost::math::binomial share(N, q);
    const auto beyond = [&](double allowed) {
      const double most = std::floor(N * (q + allowed)), least = std::ceil(N * (q - allowed)) - 1;
      return boost::math::cdf(boost::math::complement(share, most)) +
             (least >= 0 ? boost::math::cdf(share, least) : 0);
    };
    EXPECT_LE(beyond(z * s + grain(1, alpha, 1, N)), alpha) << expected;
    if (expected <= 0.1) {
      EXPECT_GT(beyond(z * s), alpha) << expected;
    }
  }
}

TEST(Grain, SharesTheBudgetAndKnowsTheRange) {
  EXPECT_DOUBLE_EQ(grain(1, 1e-4, 1, 1000), 2.0 / 3.0 * std::log(2e4) / 1000);
  EXPECT_DOUBLE_EQ(grain(10, 1e-4, 1, 1000), grain(1, 1e-5, 1, 1000));
  EXPECT_DOUBLE_EQ(grain(1, 1e-4, 3, 1000), 3 * grain(1, 1e-4, 1, 1000));
}

}  // namespace
}  // namespace fpk::verification
