// Orders of errors without noise, on errors whose order is known.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "verification/order.hpp"

namespace fpk::verification {
namespace {

std::vector<Rung> ladder(std::size_t rungs, double ratio, const std::function<double(double)>& error) {
  std::vector<Rung> all;
  double h = 0.1;
  for (std::size_t l = 0; l < rungs; ++l, h /= ratio) all.push_back({h, error(h), 0});
  return all;
}

bool mentions(const OrderVerdict& verdict, const char* words) {
  return verdict.remark.find(words) != std::string::npos;
}

TEST(OrderOfErrors, OfAPurePowerIsThatPower) {
  for (const double p : {0.5, 1.0, 2.0, 4.0}) {
    const auto verdict = order_of_errors(ladder(4, 2, [p](double h) { return 3 * std::pow(h, p); }), 0);
    ASSERT_TRUE(verdict.order);
    EXPECT_NEAR(verdict.order->value, p, 1e-13);  // logarithms, rounded
    EXPECT_NEAR(verdict.order->lower, p, 1e-13);
    EXPECT_NEAR(verdict.order->upper, p, 1e-13);
    EXPECT_EQ(verdict.remark, "");
  }
}

TEST(OrderOfErrors, IntervalReachesTheOrderUpToTheNextTermInTheStep) {
  std::size_t checked = 0;
  for (const double c : {-3.0, -1.0, 0.5, 2.0, 5.0})
    for (const std::size_t rungs : {3U, 4U, 5U, 6U}) {
      const auto verdict =
          order_of_errors(ladder(rungs, 2, [c](double h) { return h * h * (1 + c * h); }), 0);
      ASSERT_TRUE(verdict.order);
      const double finest = 0.1 * std::pow(0.5, static_cast<double>(rungs - 1));
      const double slack = 8 * c * c * finest * finest;  // (c h)^2 on the pair before the last, doubled
      EXPECT_LE(verdict.order->lower, 2 + slack);
      EXPECT_GE(verdict.order->upper, 2 - slack);
      EXPECT_LE(verdict.order->lower, verdict.order->value);
      EXPECT_GE(verdict.order->upper, verdict.order->value);
      EXPECT_LT(verdict.order->upper - verdict.order->lower,
                std::abs(c) * 0.1 * 2);  // no wider than the drift
      ++checked;
    }
  EXPECT_EQ(checked, 20);
}

TEST(OrderOfErrors, ALadderThatDriftsIsCalledPreAsymptotic) {
  const auto drifting = order_of_errors(ladder(4, 2, [](double h) { return h * h * (1 + 10 * h); }), 0);
  ASSERT_TRUE(drifting.order);
  EXPECT_TRUE(mentions(drifting, "pre-asymptotic"));
  const auto settled = order_of_errors(ladder(4, 2, [](double h) { return h * h * (1 + 0.2 * h); }), 0);
  EXPECT_EQ(settled.remark, "");
}

TEST(OrderOfErrors, AFirstOrderMethodIsNotTakenForSecond) {
  const auto verdict = order_of_errors(ladder(5, 2, [](double h) { return h + h * h; }), 0);
  ASSERT_TRUE(verdict.order);
  EXPECT_LT(verdict.order->upper, 1.2);
}

TEST(OrderOfErrors, RungsAtRoundOffAreLeftOutAndSaid) {
  // Errors 1e-8, 6e-10, 4e-11, and then a plateau of round-off.
  const auto verdict =
      order_of_errors(ladder(6, 2, [](double h) { return std::max(1e-4 * std::pow(h, 4), 1e-12); }), 1e-11);
  ASSERT_TRUE(verdict.order);
  EXPECT_NEAR(verdict.order->value, 4, 1e-12);
  EXPECT_TRUE(mentions(verdict, "left out"));
  EXPECT_TRUE(mentions(verdict, "0.00625"));
  EXPECT_TRUE(mentions(verdict, "below round-off (1e-11)"));
}

TEST(OrderOfErrors, TheFloorIsCalledWhatItIs) {
  const auto plateau = [](double h) { return std::max(h * h, 2e-3); };
  const std::string floor_is = "10 times density.tolerance";
  EXPECT_TRUE(mentions(order_of_errors(ladder(6, 2, plateau), 4e-3, floor_is),
                       "below 10 times density.tolerance (0.004)"));
  const auto refused = order_of_errors(ladder(6, 2, plateau), 1, floor_is);
  EXPECT_FALSE(refused.order);
  EXPECT_TRUE(mentions(refused, "three errors above 10 times density.tolerance"));
  EXPECT_FALSE(mentions(refused, "round-off"));
}

TEST(OrderOfErrors, FewerThanThreeRungsAboveRoundOffAreRefused) {
  EXPECT_FALSE(order_of_errors(ladder(2, 2, [](double h) { return h; }), 0).order);
  const auto plateau = order_of_errors(ladder(5, 2, [](double h) { return h > 0.04 ? h : 1e-16; }), 1e-13);
  EXPECT_FALSE(plateau.order);
  EXPECT_TRUE(mentions(plateau, "at least three"));
  EXPECT_FALSE(order_of_errors(ladder(5, 2, [](double) { return 0.0; }), 0).order);
}

TEST(OrderOfErrors, ErrorsMayBeSignedAndInAnyOrder) {
  auto rungs = ladder(4, 3, [](double h) { return -h * h; });
  std::swap(rungs[0], rungs[2]);
  const auto verdict = order_of_errors(rungs, 0);
  ASSERT_TRUE(verdict.order);
  EXPECT_NEAR(verdict.order->value, 2, 1e-13);
}

TEST(OrderOfErrors, AnErrorThatIsNoNumberIsRefused) {
  auto rungs = ladder(5, 2, [](double h) { return h; });
  rungs[1].error = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(order_of_errors(rungs, 0).order);
}

TEST(OrderOfErrors, SizesMustBePositiveAndDifferent) {
  EXPECT_THROW((void)order_of_errors({{0.1, 1, 0}, {0.1, 2, 0}, {0.2, 3, 0}}, 0), std::invalid_argument);
  EXPECT_THROW((void)order_of_errors({{0.1, 1, 0}, {0, 2, 0}, {0.2, 3, 0}}, 0), std::invalid_argument);
}

}  // namespace
}  // namespace fpk::verification
