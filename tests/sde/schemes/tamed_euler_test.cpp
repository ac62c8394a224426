#include <gtest/gtest.h>

#include "tests/sde/one_step.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using one_step::asymmetric;
using problems::process;

TEST(TamedEuler, TakesTheStepOfItsFormula) {
  const auto scheme = one_step::make(
      "tamed-euler", process({"x", "y"}, {"-4*x^3 + t", "y - 2*x"}, {{"0.3", "x"}, {"y", "-0.2"}}));
  for (std::size_t n = 0; n < 20; ++n) {
    const double x = 2 * asymmetric(n, 0), y = asymmetric(n, 1), t = 0.7, dt = 0.3;
    const double u = asymmetric(n, 2), v = asymmetric(n, 3);
    const double b[] = {-4 * x * x * x + t, y - 2 * x};
    const double tame = dt / (1 + dt * std::hypot(b[0], b[1]));
    const auto after = one_step::step(*scheme, {x, y}, t, dt, {{u, v}});
    EXPECT_NEAR(after[0], x + b[0] * tame + 0.3 * u + x * v, 1e-14);  // a few terms of size 2
    EXPECT_NEAR(after[1], y + b[1] * tame + y * u - 0.2 * v, 1e-14);
  }
}

TEST(TamedEuler, StandsStillWhereThereIsNoDrift) {
  const auto scheme = one_step::make("tamed-euler", process({"x", "y"}, {"0*x", "x - x"}, {{"1"}, {"1"}}));
  EXPECT_EQ(one_step::step(*scheme, {0.5, -2}, 0, 0.1, {{0}}), (std::vector<double>{0.5, -2}));
}

// However steep the drift, and where the square of its norm overflows, its step has length 1 towards where it points.
TEST(TamedEuler, TakesAHugeDriftAsAStepOfLengthOne) {
  const auto scheme =
      one_step::make("tamed-euler", process({"x", "y"}, {"-3*x^3", "-4*x^3"}, {{"1"}, {"1"}}));
  for (const double x : {1e4, 1e60, 1e100}) {
    const auto after = one_step::step(*scheme, {x, 2}, 0, 0.1, {{0}});
    EXPECT_NEAR(after[1], 2 - 0.8, 1e-11) << x;  // dt |b| > 1e11
    EXPECT_NEAR(after[0], x - 0.6, 1e-15 * x);
  }
}

TEST(TamedEuler, HidesNoDriftThatHasNoValue) {
  const auto scheme = one_step::make("tamed-euler", process({"x"}, {"-exp(x)"}, {{"1"}}));
  EXPECT_TRUE(std::isnan(one_step::step(*scheme, {1e4}, 0, 0.1, {{0}})[0]));  // exp overflows
}

}  // namespace
