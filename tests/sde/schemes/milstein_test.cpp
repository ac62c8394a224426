#include "sde/schemes/milstein.hpp"

#include <gtest/gtest.h>

#include "tests/sde/one_step.hpp"
#include "tests/sde/torus_operator.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using one_step::asymmetric;
using problems::process;

constexpr double round_off = 1e-14;  // sums of a few terms of size 2 at most

// sigma = s(x, t) with one source: X + b dt + s dW + 1/2 s s' (dW^2 - dt).
TEST(Milstein, TakesTheStepOfItsFormula) {
  const auto scheme = one_step::make("milstein", process({"x"}, {"-x + t"}, {{"0.5 + 0.3*sin(x) + 0.1*t"}}));
  for (std::size_t n = 0; n < 20; ++n) {
    const double x = asymmetric(n, 0), t = 0.3 + 0.1 * static_cast<double>(n), dt = 0.07,
                 dW = asymmetric(n, 1);
    const double s = 0.5 + 0.3 * std::sin(x) + 0.1 * t, slope = 0.3 * std::cos(x);
    const double after = x + (-x + t) * dt + s * dW + 0.5 * s * slope * (dW * dW - dt);
    EXPECT_NEAR(one_step::step(*scheme, {x}, t, dt, {{dW}})[0], after, round_off);
  }
}

// Two sources that commute, each driving both variables: sigma_1 = (0.3 x, 0.2 y), sigma_2 = (0.1 x, -0.4 y).
// L^j sigma_k = (c_j c_k x, e_j e_k y) with c = (0.3, 0.1), e = (0.2, -0.4).
TEST(Milstein, TakesTheProductsOfIncrementsWhereNoiseCommutes) {
  const auto scheme = one_step::make(
      "milstein", process({"x", "y"}, {"-x*y", "y"}, {{"0.3*x", "0.1*x"}, {"0.2*y", "-0.4*y"}}));
  ASSERT_EQ(scheme->draws().increments, 2U);
  const double c[] = {0.3, 0.1}, e[] = {0.2, -0.4};
  for (std::size_t n = 0; n < 20; ++n) {
    const double x = asymmetric(n, 0), y = asymmetric(n, 1), dt = 0.11;
    const double dW[] = {asymmetric(n, 2), asymmetric(n, 3)};
    double after_x = x - x * y * dt, after_y = y + y * dt;
    for (int k = 0; k < 2; ++k) {
      after_x += c[k] * x * dW[k];
      after_y += e[k] * y * dW[k];
      for (int j = 0; j < 2; ++j) {
        const double I = 0.5 * (dW[j] * dW[k] - (j == k ? dt : 0));
        after_x += c[j] * c[k] * x * I;
        after_y += e[j] * e[k] * y * I;
      }
    }
    const auto after = one_step::step(*scheme, {x, y}, 0, dt, {{dW[0], dW[1]}});
    EXPECT_NEAR(after[0], after_x, round_off);
    EXPECT_NEAR(after[1], after_y, round_off);
  }
}

// dX = a X dt + s X dW:  E X_1 = x (1 + a dt),  E X_1^2 = x^2 ((1 + a dt)^2 + s^2 dt + s^4 dt^2 / 2). The last term is the
// correction's; without it, or with its half left out, the second moment is Euler's.
TEST(Milstein, HasTheMomentsOfGeometricBrownianMotionAtAFiniteStep) {
  constexpr double a = 0.4, s = 0.9, dt = 0.25, x = 1.3;
  const auto scheme = one_step::make("milstein", process({"x"}, {"0.4*x"}, {{"0.9*x"}}));
  double mean = 0, square = 0;
  for (const auto& [xi, weight] : torus::nodes(NoiseKind::normal, 5)) {  // exact to degree 9
    const double after = one_step::step(*scheme, {x}, 0, dt, {{std::sqrt(dt) * xi}})[0];
    mean += weight * after;
    square += weight * after * after;
  }
  EXPECT_NEAR(mean, x * (1 + a * dt), 1e-13);
  EXPECT_NEAR(square, x * x * (std::pow(1 + a * dt, 2) + s * s * dt + std::pow(s, 4) * dt * dt / 2), 1e-13);
}

TEST(Milstein, IsEulerAndMaruyamaForConstantNoise) {
  const auto p = process({"x", "y"}, {"x*y", "-y"}, {{"0.3", "0.2"}, {"0", "0.5"}});
  const auto milstein = one_step::make("milstein", p), euler = one_step::make("euler-maruyama", p);
  for (std::size_t n = 0; n < 5; ++n) {
    const std::vector<double> x{asymmetric(n, 0), asymmetric(n, 1)};
    const one_step::Numbers numbers{{asymmetric(n, 2), asymmetric(n, 3)}};
    const auto one = one_step::step(*milstein, x, 0, 0.1, numbers),
               other = one_step::step(*euler, x, 0, 0.1, numbers);
    for (int a = 0; a < 2; ++a) EXPECT_NEAR(one[a], other[a], round_off);
  }
}

TEST(Milstein, RefusesNoiseThatDoesNotCommute) {
  const auto why = milstein_refusal(process({"x", "y"}, {"0", "0"}, {{"1", "0"}, {"0", "x"}}));
  EXPECT_NE(why.find("sources 1 and 2"), std::string::npos) << why;
  EXPECT_NE(why.find("in y"), std::string::npos) << why;
}

}  // namespace
