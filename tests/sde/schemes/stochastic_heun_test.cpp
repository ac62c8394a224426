#include <gtest/gtest.h>

#include "model/noise_convention.hpp"
#include "tests/sde/one_step.hpp"
#include "tests/sde/torus_operator.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using one_step::asymmetric;
using problems::process;

constexpr double round_off = 1e-14;  // sums of a few terms of size 2 at most

// b = -x + t, sigma_1 = 0.5 + 0.3 sin x, sigma_2 = 0.2 x t, one variable:  c = b - (sigma_1 sigma_1' + sigma_2 sigma_2') / 2.
TEST(StochasticHeun, TakesTheStepOfItsFormula) {
  const auto scheme =
      one_step::make("stochastic-heun", process({"x"}, {"-x + t"}, {{"0.5 + 0.3*sin(x)", "0.2*x*t"}}));
  const auto s1 = [](double x) { return 0.5 + 0.3 * std::sin(x); };
  const auto s2 = [](double x, double t) { return 0.2 * x * t; };
  const auto c = [&](double x, double t) {
    return -x + t - 0.5 * (s1(x) * 0.3 * std::cos(x) + s2(x, t) * 0.2 * t);
  };
  for (std::size_t n = 0; n < 20; ++n) {
    const double x = asymmetric(n, 0), t = 0.9, dt = 0.13, u = asymmetric(n, 1), v = asymmetric(n, 2);
    const double Y = x + c(x, t) * dt + s1(x) * u + s2(x, t) * v, end = t + dt;
    const double after =
        x + 0.5 * (c(x, t) + c(Y, end)) * dt + 0.5 * (s1(x) + s1(Y)) * u + 0.5 * (s2(x, t) + s2(Y, end)) * v;
    EXPECT_NEAR(one_step::step(*scheme, {x}, t, dt, {{u, v}})[0], after, round_off);
  }
}

// Stages put all variables at once: each coefficient holds both.
TEST(StochasticHeun, TakesStagesOfSeveralVariablesAtOnce) {
  const auto scheme = one_step::make("stochastic-heun", process({"x", "y"}, {"y", "x*y"}, {{"0"}, {"0"}}));
  const double x = 0.3, y = -0.8, dt = 0.2;
  const double X = x + y * dt, Y = y + x * y * dt;
  const auto after = one_step::step(*scheme, {x, y}, 0, dt, {{0.7}});
  EXPECT_NEAR(after[0], x + dt * (y + Y) / 2, round_off);
  EXPECT_NEAR(after[1], y + dt * (x * y + X * Y) / 2, round_off);
}

// dX = s X dW (Ito):  Heun on the Stratonovich equation has E X_1 = x (1 + s^4 dt^2 / 8), to be told from x exp(s^2 dt / 2)
// of a drift that was not converted.
TEST(StochasticHeun, ConvertsTheItoDrift) {
  constexpr double s = 0.8, dt = 0.01;
  const auto scheme = one_step::make("stochastic-heun", process({"x"}, {"0"}, {{"0.8*x"}}));
  const double m = -0.5 * s * s * dt;  // c dt, of x
  double mean = 0;
  for (const auto& [xi, weight] : torus::nodes(NoiseKind::normal, 5))
    mean += weight * one_step::step(*scheme, {1.5}, 0, dt, {{std::sqrt(dt) * xi}})[0];
  EXPECT_NEAR(mean, 1.5 * (1 + m + 0.5 * m * m + 0.5 * s * s * dt), 1e-14);
}

TEST(StochasticHeun, TakesAStratonovichDriftAsItWasGiven) {
  const auto given = model::in_ito_sense(process({"x"}, {"sin(x)"}, {{"exp(0.3*x)"}}),
                                         *model::find_noise_convention("stratonovich"));
  const auto as_ito = process({"x"}, {"sin(x) + 0.5*0.3*exp(0.3*x)^2"}, {{"exp(0.3*x)"}});
  const auto one = one_step::make("stochastic-heun", given),
             other = one_step::make("stochastic-heun", as_ito);
  EXPECT_NEAR(one_step::step(*one, {0.4}, 0, 0.1, {{0.3}})[0],
              one_step::step(*other, {0.4}, 0, 0.1, {{0.3}})[0], round_off);
}

}  // namespace
