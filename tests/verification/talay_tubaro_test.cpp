// Extrapolation in the step: on the Ornstein-Uhlenbeck process Euler-Maruyama's moments at a finite step are closed forms, so that
// the order 2 of what is left is no matter of chance.
#include "verification/talay_tubaro.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fpk {
namespace {

constexpr double k = 1.5, noise = 1.2, start = 1.3, variance = 0.09;

/// E X_n^2 of Euler-Maruyama, n steps to time 1.
double second_moment(int n) {
  const double h = 1.0 / n;
  double m = start * start + variance;
  for (int i = 0; i < n; ++i) m = (1 - k * h) * (1 - k * h) * m + noise * h;
  return m;
}
const double exact = std::exp(-2 * k) * (start * start + variance) + noise / (2 * k) * (1 - std::exp(-2 * k));

double extrapolated(int n) {
  const auto w = verification::extrapolation_weights(1);
  return w.coarse * second_moment(n) + w.fine * second_moment(2 * n);
}

// 0.15: the term of third order at 16 steps, k h = 0.09, thrice.
TEST(TalayTubaro, LeavesAnErrorOfOrderTwo) {
  EXPECT_NEAR(std::log2((second_moment(16) - exact) / (second_moment(32) - exact)), 1, 0.15);
  EXPECT_NEAR(std::log2((extrapolated(16) - exact) / (extrapolated(32) - exact)), 2, 0.3);
  EXPECT_NEAR(std::log2((extrapolated(64) - exact) / (extrapolated(128) - exact)), 2, 0.08);
}

TEST(TalayTubaro, KnowsWhatItLeaves) {
  for (const int n : {32, 64}) {
    const double d_h = second_moment(n) - second_moment(2 * n),
                 d_half = second_moment(2 * n) - second_moment(4 * n);
    const double left = extrapolated(n) - exact;
    EXPECT_NEAR(verification::extrapolation_remainder(d_h, d_half, 1, 2), left,
                0.2 * std::abs(left));  // k h = 0.05
  }
}

// The wrong order (2 in place of 1) leaves an error of first order, two thirds of the bias of the finer step.
TEST(TalayTubaro, WithAWrongOrderIsOfOrderOne) {
  const auto w = verification::extrapolation_weights(2);
  const auto wrong = [&](int n) {
    return w.coarse * second_moment(n) + w.fine * second_moment(2 * n) - exact;
  };
  EXPECT_NEAR(std::log2(wrong(64) / wrong(128)), 1, 0.1);
}

}  // namespace
}  // namespace fpk
