// Extrapolation in the step: on the Ornstein-Uhlenbeck process Euler-Maruyama's moments at a finite step are closed forms, so that
// the order 2 of what is left is no matter of chance.
#include "verification/talay_tubaro.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/euler_moments.hpp"

namespace fpk {
namespace {

using namespace closed_forms;

// 0.15: the term of third order at 16 steps, k h = 0.09, thrice.
TEST(TalayTubaro, LeavesAnErrorOfOrderTwo) {
  EXPECT_NEAR(
      std::log2((second_moment(16) - exact_second_moment) / (second_moment(32) - exact_second_moment)), 1,
      0.15);
  EXPECT_NEAR(std::log2((extrapolated_second_moment(16) - exact_second_moment) /
                        (extrapolated_second_moment(32) - exact_second_moment)),
              2, 0.3);
  EXPECT_NEAR(std::log2((extrapolated_second_moment(64) - exact_second_moment) /
                        (extrapolated_second_moment(128) - exact_second_moment)),
              2, 0.08);
}

TEST(TalayTubaro, KnowsWhatItLeaves) {
  for (const int n : {32, 64}) {
    const double d_h = second_moment(n) - second_moment(2 * n),
                 d_half = second_moment(2 * n) - second_moment(4 * n);
    const double left = extrapolated_second_moment(n) - exact_second_moment;
    EXPECT_NEAR(verification::extrapolation_remainder(d_h, d_half, 1, 2), left,
                0.2 * std::abs(left));  // k h = 0.05
  }
}

// The wrong order (2 in place of 1) leaves an error of first order, two thirds of the bias of the finer step.
TEST(TalayTubaro, WithAWrongOrderIsOfOrderOne) {
  const auto w = verification::extrapolation_weights(2);
  const auto wrong = [&](int n) {
    return w.coarse * second_moment(n) + w.fine * second_moment(2 * n) - exact_second_moment;
  };
  EXPECT_NEAR(std::log2(wrong(64) / wrong(128)), 1, 0.1);
}

}  // namespace
}  // namespace fpk
