// What walls do to the weak order, to ten digits: Brownian motion between two of them.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "app/operator_road.hpp"
#include "sde/boundary.hpp"
#include "tests/sde/problems.hpp"
#include "verification/operator/operator_iteration.hpp"

namespace {

using namespace fpk;
using std::numbers::pi;

constexpr double start = 0.3, end = 0.25, sigma = 0.8;

/// E f(X_end) by Euler's scheme from x = 0.3 in (0, 1).
std::vector<double> values(model::Boundary boundary, const std::string& f,
                           const std::vector<std::int64_t>& steps) {
  const auto p = sde::problems::process({"x"}, {"0"}, {{"0.8"}});
  const auto scheme = sde::find_scheme("euler-maruyama")->make(p);
  const auto domain = sde::problems::box({"x"}, 0, 1, boundary);
  const verification::OperatorIteration iteration(
      app::stepped_map(*scheme, p, domain, sde::NoiseKind::normal),
      app::function_of(sde::problems::observable(f, {"x"}), {"x"}), {{{start}, 1}}, {1, {0}, {1}}, end,
      steps.front(), false);
  std::vector<double> found;
  for (const auto n : steps) found.push_back(iteration.expectation(n).value);
  return found;
}

/// P(no wall was met) in (-shift, 1 + shift): sum over odd k of (4 / (pi k)) sin(k pi (x + shift) / length) e^(-k^2 ...).
double survival(double shift) {
  const double length = 1 + 2 * shift;
  double sum = 0;
  for (int k = 1; k < 60; k += 2)
    sum += 4 / (pi * k) * std::sin(k * pi * (start + shift) / length) *
           std::exp(-0.5 * std::pow(sigma * k * pi / length, 2) * end);
  return sum;
}

// Errors in powers of dt^(1/2): of two neighbouring slopes (sqrt(2) s_2 - s_1) / (sqrt(2) - 1) misses the order by terms of dt.
TEST(AbsorbingWall, LookedAtBetweenStepsCostsHalfTheOrder) {
  const std::vector<std::int64_t> steps{64, 128, 256};
  const auto found = values(model::Boundary::absorbing, "1", steps);
  const double exact = survival(0);
  const auto error = [&](std::size_t l) { return found[l] - exact; };
  const double first = std::log2(error(0) / error(1)), second = std::log2(error(1) / error(2));
  EXPECT_NEAR((std::numbers::sqrt2 * second - first) / (std::numbers::sqrt2 - 1), 0.5, 0.05);
}

// Walls moved out by 0.5826 sigma sqrt(dt), -zeta(1/2) / sqrt(2 pi): right to o(dt^(1/2)), so the next term is of order
// shift / length = 1.5 % of the shift's effect: to a fiftieth of that.
TEST(AbsorbingWall, IsAsIfItWereMovedOutByTheShiftOfBroadieGlassermanAndKou) {
  const std::vector<std::int64_t> steps{256};
  const double dt = end / 256, shift = 0.5825971579390107 * sigma * std::sqrt(dt);
  const double moved = survival(shift), there = survival(0);
  EXPECT_NEAR(values(model::Boundary::absorbing, "1", steps).front(), moved, 0.02 * (moved - there));
}

TEST(ReflectingWall, MirrorsBrownianMotionWithoutError) {
  const auto found = values(model::Boundary::reflecting, "cos(3.141592653589793*x)", {8, 16});
  const double exact = std::cos(pi * start) * std::exp(-0.5 * std::pow(sigma * pi, 2) * end);
  for (const double v : found) EXPECT_NEAR(v, exact, 1e-11);
}

/// Orders that three steps show of E cos(pi x) from their differences, dX = (1 - 3x) dt + 0.8 dW in (0, 1): a drift into both
/// walls, mirrored at the ends of steps.
double order_between_walls(const char* name, const model::Domain& domain) {
  const auto p = sde::problems::process({"x"}, {"1 - 3*x"}, {{"0.8"}});
  const auto scheme = sde::find_scheme(name)->make(p);
  const verification::OperatorIteration iteration(
      app::stepped_map(*scheme, p, domain, sde::NoiseKind::normal),
      app::function_of(sde::problems::observable("cos(3.141592653589793*x)", {"x"}), {"x"}), {{{start}, 1}},
      {1, {domain.sides[0].lower}, {domain.sides[0].upper}}, 0.5, 16, false);
  const double b = iteration.expectation(32).value, c = iteration.expectation(64).value,
               d = iteration.expectation(128).value;
  return std::log2((b - c) / (c - d));
}

// The schemes of order 2 and the exact one: mirroring alone leaves them order 1. 0.1: the next power, dt^(3/2), at dt = 1/64.
TEST(ReflectingWall, LeavesOrderOneToSchemesOfHigherOrder) {
  const auto walls = sde::problems::box({"x"}, 0, 1);
  for (const char* name : {"platen-weak-2", "theta", "stochastic-heun", "ornstein-uhlenbeck"}) {
    EXPECT_GT(sde::weak_order(*sde::find_scheme(name), sde::problems::process({"x"}, {"1 - 3*x"}, {{"0.8"}}),
                              sde::NoiseKind::normal, walls),
              1);
    EXPECT_NEAR(order_between_walls(name, walls), sde::order_at_walls(walls), 0.1) << name;
  }
}

}  // namespace
