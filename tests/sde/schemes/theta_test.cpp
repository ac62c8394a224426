#include "sde/schemes/theta.hpp"

#include <gtest/gtest.h>

#include "law/exact/point.hpp"
#include "sde/ensemble.hpp"
#include "tests/sde/one_step.hpp"
#include "tests/sde/torus_operator.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using one_step::asymmetric;
using problems::process;

// Whatever was done to find X_{n+1}, it solves the scheme's equation.
TEST(Theta, TakesTheStepOfItsEquation) {
  const auto p = process({"x", "y"}, {"-4*x^3 + y*t", "sin(x) - 3*y"}, {{"0.3", "x"}, {"y*t", "-0.2"}});
  for (const double theta : {0.5, 1.0}) {
    const Theta scheme(p, theta);
    const auto b1 = [](double x, double y, double t) { return -4 * x * x * x + y * t; };
    const auto b2 = [](double x, double y) { return std::sin(x) - 3 * y; };
    for (std::size_t n = 0; n < 20; ++n) {
      const double x = 2 * asymmetric(n, 0), y = asymmetric(n, 1), t = 0.4, dt = 0.3;
      const double u = asymmetric(n, 2), v = asymmetric(n, 3), middle = t + dt / 2, end = t + dt;
      const auto after = one_step::step(scheme, {x, y}, t, dt, {{u, v}});
      const double X = after[0], Y = after[1];
      // Round-off of terms of size 30 and the error that Newton's method is stopped at.
      EXPECT_NEAR(X - theta * dt * b1(X, Y, end), x + (1 - theta) * dt * b1(x, y, t) + 0.3 * u + x * v,
                  1e-13);
      EXPECT_NEAR(Y - theta * dt * b2(X, Y), y + (1 - theta) * dt * b2(x, y) + y * middle * u - 0.2 * v,
                  1e-13);
    }
  }
}

// dX = -k X dt + s dW:  X_1 = (x (1 - k dt / 2) + s dW) / (1 + k dt / 2), whose invariant variance is s^2 / (2 k) at any step.
TEST(Theta, HasTheExactInvariantVarianceOfALinearDrift) {
  constexpr double k = 3, s = 0.7, dt = 0.9;
  const auto scheme = one_step::make("theta", process({"x"}, {"-3*x"}, {{"0.7"}}));
  const double of_state = one_step::step(*scheme, {1}, 0, dt, {{0}})[0];
  const double of_noise = one_step::step(*scheme, {0}, 0, dt, {{1}})[0];
  EXPECT_NEAR(of_state, (1 - k * dt / 2) / (1 + k * dt / 2), 1e-15);
  EXPECT_NEAR(of_noise * of_noise * dt / (1 - of_state * of_state), s * s / (2 * k), 1e-15);
}

// The implicit Euler scheme, theta = 1:  variance  s^2 / (2 k) / (1 + k dt / 2).
TEST(Theta, HasTheInvariantVarianceOfImplicitEulerForThetaOne) {
  constexpr double k = 3, s = 0.7, dt = 0.9;
  const Theta scheme(process({"x"}, {"-3*x"}, {{"0.7"}}), 1);
  const double of_state = one_step::step(scheme, {1}, 0, dt, {{0}})[0];
  const double of_noise = one_step::step(scheme, {0}, 0, dt, {{1}})[0];
  EXPECT_NEAR(of_noise * of_noise * dt / (1 - of_state * of_state), s * s / (2 * k) / (1 + k * dt / 2),
              1e-15);
}

// On b = -4 x^3 Euler-Maruyama runs away from |x| > (2 dt)^(-1/2); the implicit step comes back from anywhere.
TEST(Theta, ComesBackWhereEulerAndMaruyamaExplodes) {
  const auto scheme = one_step::make("theta", process({"x"}, {"-4*x^3"}, {{"1"}}));
  for (const double x : {3.0, -50.0, 1e6, -1e40}) {
    const double after = one_step::step(*scheme, {x}, 0, 0.1, {{0.1}})[0];
    EXPECT_LE(std::abs(after), std::abs(x) * 1.0000001) << x;
    EXPECT_NEAR(after + 0.2 * after * after * after, x - 0.2 * x * x * x + 0.1,
                1e-14 * (1 + std::abs(x * x * x)));
  }
}

// Y = 1/2 dt (Y^2 + 1) + c has no real root once dt > 2 or c is large: NaN, which an ensemble counts.
TEST(Theta, ReportsAStepWithoutASolutionAsAnExplosion) {
  const auto p = process({"x"}, {"x^2 + 1"}, {{"1"}});
  EXPECT_TRUE(std::isnan(one_step::step(*one_step::make("theta", p), {1}, 0, 1, {{0}})[0]));
  Ensemble ensemble(p, problems::box({"x"}, -1e6, 1e6), law::PointMass({"x"}, {1.0}), {300, "theta", 1, 7},
                    parallel::Communicator::self());
  ensemble.advance(2);
  EXPECT_GT(ensemble.exploded(), 100);
}

// One lane's hard equation takes many iterations, its neighbour's few: the neighbour must not feel it, to the last bit.
TEST(Theta, GivesAPathThatDoesNotDependOnItsNeighbours) {
  const auto p = process({"x", "y"}, {"-4*x^3 + y", "-exp(y)"}, {{"1"}, {"0.5"}});
  const Theta scheme(p);
  one_step::Stepper mixed(scheme, 2), alone(scheme, 2);
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    const std::vector<double> easy{0.1, -0.2}, hard{1e8, 3 + 0.01 * static_cast<double>(i)};
    mixed.set(i, i == 17 ? easy : hard, {{0.3}});
    alone.set(i, easy, {{0.3}});
  }
  mixed.step(0, 0.2);
  alone.step(0, 0.2);
  EXPECT_EQ(mixed.at(17), alone.at(17));
  EXPECT_TRUE(std::isfinite(mixed.at(16)[0]));
}

}  // namespace
