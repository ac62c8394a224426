// Orders of biases known with noise, on synthetic ladders.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/verification/laws_for_tests.hpp"
#include "verification/order.hpp"

namespace fpk::verification {
namespace {

using testing::Random;

/// Biases c dt^p (1 + a dt) at dt = 0.1, 0.05, ... with Gaussian noise of one standard error.
std::vector<Rung> noisy_ladder(std::size_t rungs, double p, double a, double standard_error, Random& random) {
  std::vector<Rung> all;
  double dt = 0.1;
  for (std::size_t l = 0; l < rungs; ++l, dt /= 2)
    all.push_back({dt, -std::pow(dt, p) * (1 + a * dt) + standard_error * random.normal(), standard_error});
  return all;
}

bool mentions(const OrderVerdict& verdict, const char* words) {
  return verdict.remark.find(words) != std::string::npos;
}

struct Ladder {
  std::size_t rungs;
  double order, standard_error;
};
class OnSyntheticLadders : public ::testing::TestWithParam<Ladder> {};

TEST_P(OnSyntheticLadders, TheIntervalHoldsTheOrderNineteenTimesInTwenty) {
  const auto [rungs, p, standard_error] = GetParam();
  Random random(21);
  const int replicates = 1000;
  int held = 0, given = 0;
  double value = 0, half_width = 0;
  for (int k = 0; k < replicates; ++k) {
    const auto verdict = order_of_biases(noisy_ladder(rungs, p, 0, standard_error, random));
    if (!verdict.order) continue;
    ++given;
    value += verdict.order->value / replicates;
    half_width += 0.5 * (verdict.order->upper - verdict.order->lower) / replicates;
    if (verdict.order->lower <= p && p <= verdict.order->upper) ++held;
  }
  EXPECT_EQ(given, replicates);
  // 950 expected with a deviation of 6.9: four of them below; widened intervals may hold up to 99 % of the
  // time.
  EXPECT_GE(held, 950 - 28);
  EXPECT_LE(held, 990 + 4 * 4);
  // The mean of 1000 values stands within four of its standard errors, and the logarithm bends the mean by
  // (s/d)^2/2 of the noisiest rung at most, which its small weight keeps below half the interval.
  EXPECT_NEAR(value, p, half_width * (4.0 / 1.96 / std::sqrt(1000.0) + 0.5));
}
// The finest rung stands between 5 and 10 standard errors clear.
INSTANTIATE_TEST_SUITE_P(OrderOfBiases, OnSyntheticLadders,
                         ::testing::Values(Ladder{2, 1, 0.005}, Ladder{3, 1, 0.0025}, Ladder{4, 1, 0.00125},
                                           Ladder{4, 2, 0.00002}, Ladder{6, 1, 0.0004}));

TEST(OrderOfBiases, WithoutNoiseIsThePurePower) {
  Random random(22);
  const auto verdict = order_of_biases(noisy_ladder(4, 2, 0, 0, random));
  ASSERT_TRUE(verdict.order);
  EXPECT_NEAR(verdict.order->value, 2, 1e-12);
  EXPECT_LE(verdict.order->upper - verdict.order->lower, 1e-12);
}

TEST(OrderOfBiases, TheIntervalOfTwoRungsIsTheDeltaMethodByHand) {
  const auto verdict = order_of_biases({{0.2, 0.4, 0.04}, {0.1, 0.1, 0.02}});
  ASSERT_TRUE(verdict.order);
  EXPECT_NEAR(verdict.order->value, 2, 1e-14);
  EXPECT_NEAR(verdict.order->upper - 2, 1.959963984540054 * std::hypot(0.1, 0.2) / std::log(2.0), 1e-12);
}

TEST(OrderOfBiases, HiddenByNoiseIsRefusedAndSaysHowManyMorePaths) {
  // 1 standard error from zero where 4 are needed: 16 times the paths.
  const auto verdict = order_of_biases({{0.2, 0.02, 0.02}, {0.1, 0.01, 0.02}, {0.05, 0.005, 0.02}});
  EXPECT_FALSE(verdict.order);
  EXPECT_TRUE(mentions(verdict, "noise hides the bias"));
  EXPECT_TRUE(mentions(verdict, "at least 16 times as many paths")) << verdict.remark;
  // One rung is clear; the next best needs (4 / 2)^2.
  const auto one = order_of_biases({{0.2, 0.2, 0.02}, {0.1, 0.04, 0.02}, {0.05, 0.005, 0.02}});
  EXPECT_FALSE(one.order);
  EXPECT_TRUE(mentions(one, "at least 4 times as many paths")) << one.remark;
  EXPECT_FALSE(order_of_biases({{0.2, 0, 0}, {0.1, 0, 0}}).order);
}

TEST(OrderOfBiases, NoiseAloneIsRefusedNearlyAlways) {
  Random random(23);
  int given = 0;
  for (int k = 0; k < 1000; ++k) {
    std::vector<Rung> rungs;
    for (const double dt : {0.1, 0.05, 0.025, 0.0125}) rungs.push_back({dt, random.normal(), 1});
    given += order_of_biases(rungs).order ? 1 : 0;
  }
  EXPECT_EQ(given, 0);  // two of four rungs beyond 4 sigma: probability 2e-8 a ladder
}

TEST(OrderOfBiases, RungsHiddenByNoiseAreLeftOutAndSaid) {
  const auto verdict = order_of_biases({{0.2, 0.2, 0.001}, {0.1, 0.1, 0.001}, {0.05, 0.05, 0.03}});
  ASSERT_TRUE(verdict.order);
  EXPECT_NEAR(verdict.order->value, 1, 1e-12);
  EXPECT_TRUE(mentions(verdict, "left out"));
  EXPECT_TRUE(mentions(verdict, "0.05"));
}

TEST(OrderOfBiases, AChangeOfSignIsRefused) {
  const auto verdict = order_of_biases({{0.2, 0.2, 0.001}, {0.1, -0.1, 0.001}, {0.05, -0.05, 0.001}});
  EXPECT_FALSE(verdict.order);
  EXPECT_TRUE(mentions(verdict, "changes sign"));
  EXPECT_TRUE(verdict.changes_sign);
  // Not by noise alone: a hidden rung of the other sign changes nothing.
  EXPECT_TRUE(order_of_biases({{0.2, 0.2, 0.001}, {0.1, 0.1, 0.001}, {0.05, -0.001, 0.001}}).order);
}

TEST(OrderOfBiases, ASecondTermThatShowsIsCalledPreAsymptotic) {
  Random random(24);
  const auto bent = order_of_biases(noisy_ladder(4, 1, 10, 1e-5, random));
  ASSERT_TRUE(bent.order);
  EXPECT_TRUE(mentions(bent, "pre-asymptotic"));
  EXPECT_TRUE(bent.pre_asymptotic);
  int alarms = 0;
  for (int k = 0; k < 1000; ++k)
    alarms += mentions(order_of_biases(noisy_ladder(5, 1, 0, 0.0003, random)), "pre-asymptotic") ? 1 : 0;
  // A level of 1 %: 10 expected with a deviation of 3.1, five of them; the logarithm's tail adds a few.
  EXPECT_LE(alarms, 26);
  EXPECT_GE(alarms, 1);
}

TEST(OrderOfBiases, TheNextTermHasThePowerThatItIsGiven) {
  // d = h (1 + h^{1/2}), as where paths are absorbed. ln(1 + sqrt(h)) is sqrt(h) but for h/2, which moves the order by 0.0032 on
  // these rungs; a next term of the next whole power moves it by 0.021, none by 0.040.
  std::vector<Rung> rungs;
  for (const double h : {0.02, 0.01, 0.005, 0.0025}) rungs.push_back({h, h * (1 + std::sqrt(h)), 1e-7 * h});
  const auto half = order_of_biases(rungs, {.next_term = NextTerm::always, .gap = 0.5}),
             whole = order_of_biases(rungs, {.next_term = NextTerm::always});
  ASSERT_TRUE(half.order && whole.order);
  EXPECT_NEAR(half.order->value, 1, 0.004);
  EXPECT_GT(whole.order->value, 1.02);
  EXPECT_TRUE(whole.pre_asymptotic);
}

TEST(OrderOfBiases, WithTheNextTermFittedTheIntervalHoldsTheOrderThatTheLadderTendsTo) {
  // d = dt (1 + dt): one power gives 1.04 with an interval that leaves 1 out; the next term brings it back.
  Random random(25);
  int held = 0, pre_asymptotic = 0;
  const int replicates = 500;
  for (int k = 0; k < replicates; ++k) {
    const auto verdict = order_of_biases(noisy_ladder(5, 1, 1, 5e-5, random));
    ASSERT_TRUE(verdict.order);
    pre_asymptotic += mentions(verdict, "next term") ? 1 : 0;
    held += verdict.order->lower <= 1 && 1 <= verdict.order->upper ? 1 : 0;
  }
  EXPECT_GT(pre_asymptotic, replicates * 9 / 10);
  // 95 % less what the third term takes: (2 dt)^2 / 2 = 0.02 at the coarsest rung, beside a half width of
  // about 0.02.
  EXPECT_GT(held, replicates * 8 / 10);
}

TEST(OrderOfBiases, ALackOfFitWidensTheInterval) {
  // Slopes 1 and 2 with tiny noise: chi^2/dof is huge, and the interval reaches both ways.
  const auto verdict = order_of_biases({{0.4, 0.8, 1e-6}, {0.2, 0.4, 0.5e-6}, {0.1, 0.1, 0.125e-6}});
  ASSERT_TRUE(verdict.order);
  EXPECT_LT(verdict.order->lower, 1.2);
  EXPECT_GT(verdict.order->upper, 1.8);
}

}  // namespace
}  // namespace fpk::verification
