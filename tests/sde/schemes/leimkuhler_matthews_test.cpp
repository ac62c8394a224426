#include "sde/schemes/leimkuhler_matthews.hpp"

#include <gtest/gtest.h>

#include "tests/sde/one_step.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using one_step::asymmetric;
using problems::process;

TEST(LeimkuhlerMatthews, TakesTheStepOfItsFormulaAndIsSeenHalfAnIncrementLater) {
  // b = -grad (x^4/4 + x y + y^2), the same noise in both.
  const auto p = process({"x", "y"}, {"-x^3 - y", "-x - 2*y"}, {{"0.6", "0"}, {"0", "0.6"}});
  const auto scheme = one_step::make("leimkuhler-matthews", p);
  ASSERT_TRUE(scheme->has_postprocessor());
  one_step::Stepper stepper(*scheme, 2);
  for (std::size_t i = 0; i < formula::block_width; ++i)
    stepper.set(i, {asymmetric(i, 0), asymmetric(i, 1)}, {{asymmetric(i, 2), asymmetric(i, 3)}});
  const double dt = 0.15;
  stepper.step(0, dt);
  std::vector<std::vector<double>> after;
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    const double x = asymmetric(i, 0), y = asymmetric(i, 1), u = 0.6 * asymmetric(i, 2),
                 v = 0.6 * asymmetric(i, 3);
    const double X = x + u / 2, Y = y + v / 2;
    after.push_back({x + (-X * X * X - Y) * dt + u, y + (-X - 2 * Y) * dt + v});
    EXPECT_NEAR(stepper.at(i)[0], after[i][0], 1e-14);
    EXPECT_NEAR(stepper.at(i)[1], after[i][1], 1e-14);
  }
  stepper.observe(0, dt);
  for (std::size_t i = 0; i < formula::block_width; ++i)
    EXPECT_NEAR(stepper.at(i)[0], after[i][0] + 0.3 * asymmetric(i, 2), 1e-14);
}

// dX = -k X dt + s dW.  Y' = (1 - k dt) Y + (1 - k dt / 2) s dW, so  var Y = s^2 / (2 k) - s^2 dt / 4,  and that of what is
// observed is s^2 / (2 k) exactly, at any step.
TEST(LeimkuhlerMatthews, HasTheExactInvariantVarianceOfALinearDrift) {
  constexpr double k = 1.7, s = 0.6, dt = 0.5;
  const auto scheme = one_step::make("leimkuhler-matthews", process({"x"}, {"-1.7*x"}, {{"0.6"}}));
  const double of_state = one_step::step(*scheme, {1}, 0, dt, {{0}})[0];
  const double of_noise = one_step::step(*scheme, {0}, 0, dt, {{1}})[0];
  one_step::Stepper seen(*scheme, 1);
  for (std::size_t i = 0; i < formula::block_width; ++i) seen.set(i, {0}, {{1}});
  seen.observe(0, dt);
  const double variance =
      of_noise * of_noise * dt / (1 - of_state * of_state) + seen.at(0)[0] * seen.at(0)[0] * dt;
  EXPECT_NEAR(variance, s * s / (2 * k), 1e-15);
}

TEST(LeimkuhlerMatthews, RefusesNoiseThatIsNotConstant) {
  EXPECT_NE(leimkuhler_matthews_refusal(process({"x"}, {"-x"}, {{"1 + 0.1*sin(x)"}})), "");
  EXPECT_NE(leimkuhler_matthews_refusal(process({"x"}, {"-x"}, {{"1 + t"}})), "");
}

TEST(LeimkuhlerMatthews, RefusesAProcessWithoutDetailedBalance) {
  const std::vector<std::string> xy{"x", "y"};
  EXPECT_NE(leimkuhler_matthews_refusal(process(xy, {"-x + y", "-x - y"}, {{"1", "0"}, {"0", "1"}})), "");
  // From a potential, but noise of another size in each variable.
  EXPECT_NE(leimkuhler_matthews_refusal(process(xy, {"-2*x - y", "-x - 2*y"}, {{"1", "0"}, {"0", "2"}})), "");
  // The same in coordinates in which the noise is isotropic, and turned.
  EXPECT_EQ(leimkuhler_matthews_refusal(process(xy, {"-2*x - y", "-4*x - 2*y"}, {{"1", "0"}, {"0", "2"}})),
            "");
  EXPECT_EQ(leimkuhler_matthews_refusal(problems::double_well()), "");
  // A noise that leaves one variable out: kinetic.
  EXPECT_NE(leimkuhler_matthews_refusal(process(xy, {"y", "-x - y"}, {{"0"}, {"1"}})), "");
}

}  // namespace
