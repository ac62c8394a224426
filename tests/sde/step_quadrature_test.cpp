// A step of a scheme as a sum over its outcomes, against closed forms of the mean over one normal increment.
#include "sde/quadrature/step_quadrature.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using sde::NoiseKind;
using sde::StepQuadrature;
using sde::problems::box;
using sde::problems::process;

/// E g of where a step of length dt from x ends; what is absorbed counts 0.
double mean(const StepQuadrature& quadrature, double x, double dt, const std::function<double(double)>& g) {
  double sum = 0;
  const std::vector<law::Point> from{{x}};
  quadrature.step(from, 0, dt, [&](std::size_t, const law::Point& y, double p) { sum += p * g(y[0]); });
  return sum;
}

std::unique_ptr<sde::Scheme> euler(const model::Process& p) {
  return sde::find_scheme("euler-maruyama")->make(p);
}

TEST(StepQuadrature, HasTheMomentsOfTheStep) {
  const auto p = process({"x"}, {"1 - x"}, {{"0.5 + 0.1*x"}});
  const auto scheme = euler(p);
  const double x = 0.7, dt = 0.1, m = x + 0.3 * dt, s = 0.57 * std::sqrt(dt);
  for (const auto kind : sde::noise_kinds()) {
    const StepQuadrature quadrature(*scheme, p, box({"x"}, -50, 50), kind, 12);
    EXPECT_NEAR(mean(quadrature, x, dt, [](double) { return 1.0; }), 1, 1e-15);
    EXPECT_NEAR(mean(quadrature, x, dt, [](double y) { return y; }), m, 1e-15);
    EXPECT_NEAR(mean(quadrature, x, dt, [](double y) { return y * y; }), m * m + s * s, 1e-14);
    const double fourth = kind == NoiseKind::two_point ? 1 : 3;  // of the increment, in s^4
    EXPECT_NEAR(mean(quadrature, x, dt, [m](double y) { return std::pow(y - m, 4); }),
                fourth * std::pow(s, 4), 1e-15);
  }
}

TEST(StepQuadrature, IntegratesMirroredStepsToRoundOff) {
  // Brownian motion on (0, 10) mirrored at 0: E |x + s xi| = x (2 Phi(x/s) - 1) + 2 s phi(x/s).
  const auto p = process({"x"}, {"0"}, {{"1"}});
  const auto scheme = euler(p);
  const auto walls = box({"x"}, 0, 10);
  const StepQuadrature quadrature(*scheme, p, walls, NoiseKind::normal, 14);
  for (const double x : {0.0, 0.013, 0.2, 1.1}) {
    const double s = std::sqrt(0.09), z = x / s;
    const double exact =
        x * std::erf(z / std::sqrt(2.0)) + 2 * s * std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi);
    EXPECT_NEAR(mean(quadrature, x, 0.09, [](double y) { return y; }), exact, 1e-14) << x;
  }
}

TEST(StepQuadrature, LosesWhatAWallAbsorbs) {
  const auto p = process({"x"}, {"0"}, {{"1"}});
  const auto scheme = euler(p);
  const auto walls = box({"x"}, 0, 10, model::Boundary::absorbing);
  const StepQuadrature quadrature(*scheme, p, walls, NoiseKind::normal, 14);
  for (const double x : {0.0, 0.1, 0.5})
    EXPECT_NEAR(mean(quadrature, x, 0.04, [](double) { return 1.0; }),
                0.5 * std::erfc(-x / 0.2 / std::sqrt(2.0)), 1e-14);
}

TEST(StepQuadrature, TakesTheProductOverSources) {
  const auto p = process({"x", "y"}, {"-y", "x"}, {{"0.3", "0.2"}, {"0", "0.4"}});
  const auto scheme = euler(p);
  const auto walls = box({"x", "y"}, -50, 50);
  const StepQuadrature quadrature(*scheme, p, walls, NoiseKind::three_point, 0);
  double cross = 0;
  const std::vector<law::Point> from{{1, 2}};
  quadrature.step(from, 0, 0.25,
                  [&](std::size_t, const law::Point& z, double w) { cross += w * z[0] * z[1]; });
  EXPECT_NEAR(cross, (1 - 0.5) * (2 + 0.25) + 0.2 * 0.4 * 0.25, 1e-14);
}

}  // namespace
