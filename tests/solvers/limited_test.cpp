// Kinetic equations: fluxes that are limited keep every mass non-negative, and their second order.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>
#include <random>

#include "problems.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

const std::vector<std::string> qv = {"q", "v"};

/// dq = v dt, dv = -(k q + g v) dt + s dW: noise in the second variable alone.
model::Process oscillator() { return drifted({"v", "-q - 0.7*v"}, {"0", "0.8"}, qv); }

TEST(KineticOscillator, IsSecondOrderAgainstItsExactGaussianLawAndNowhereNegative) {
  const auto process = oscillator();
  const auto domain = box(qv, -4.5, 4.5);
  const auto start = gaussian(qv, {1.2, -0.4}, {0.35, 0.3});
  std::vector<double> errors;
  for (const std::size_t cells : {40, 80}) {
    const auto part = grid(domain, cells);
    const auto exact = model::gaussian_at(*model::affine(process), qv, start.mean(), start.covariance(), 1.5);
    const auto masses = evolve("auto", process, domain, part, start.cell_masses(part), 1.5, 1e-6);
    EXPECT_GE(*std::min_element(masses.begin(), masses.end()), 0.0);
    EXPECT_NEAR(law::total(part, masses), 1.0, 1e-13);
    errors.push_back(l1_distance(part, masses, exact.cell_masses(part)));
  }
  // The transport alone is of third order, so on coarse grids the error falls faster than it will.
  EXPECT_LT(errors[1], 9e-3);
  EXPECT_GT(std::log2(errors[0] / errors[1]), 2.0);
}

TEST(LimitedFlux, CarriesDriftAndOneSourceOfNoiseIntoAWallThatAbsorbs) {
  // X alone is Brownian motion with drift u: from a distance z of the wall it survives, by its images (Redner 2001, 3.2),
  //     Phi((z - u t) / (s sqrt t)) - exp(2 u z / s^2) Phi((-z - u t) / (s sqrt t)).
  const double u = 0.8, s = 0.6, t = 0.7, far = 1.5;
  const auto process = correlated({"0.8", "-0.3 - 0.2*v"}, {{"0.6"}, {"0.4"}}, qv);
  model::Domain domain{{{"q", -2.5, far}, {"v", -3, 3}}};
  domain.sides[0].upper_boundary = Boundary::absorbing;
  const auto start = gaussian(qv, {0.6, 0.2}, {0.3, 0.4});
  std::vector<double> errors;
  for (const std::size_t cells : {40, 80}) {
    const auto part = grid(domain, cells);
    const auto before = start.cell_masses(part);
    const auto Phi = [](double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; };
    double exact = 0;
    for (std::size_t c = 0; c < before.size(); ++c) {
      const double z = far - part.grid().center(part.index(c))[0], r = s * std::sqrt(t);
      exact += before[c] * (Phi((z - u * t) / r) - std::exp(2 * u * z / (s * s)) * Phi((-z - u * t) / r));
    }
    const auto after = evolve("auto", process, domain, part, before, t, 1e-5);
    errors.push_back(law::total(part, after) - exact);
    EXPECT_GE(*std::min_element(after.begin(), after.end()), 0.0);
  }
  ::testing::Test::RecordProperty("errors", fmt::format("{:.3e} {:.3e}", errors[0], errors[1]));
  EXPECT_LT(std::abs(errors[1]),
            1e-2);  // of a survival of 0.7; drift is taken upwind at the wall, of first order
  EXPECT_LT(std::abs(errors[1]), 0.7 * std::abs(errors[0]));
}

/// Any drift on a box with any walls, q without noise.
RC_GTEST_PROP(LimitedFlux, LeavesNoMassNegativeAfterTheLongestStepOfForwardEuler, ()) {
  const auto uniform = [](double from, double to) {
    return from + (to - from) * *rc::gen::inRange(0, 10001) / 1e4;
  };
  const auto number = [&](double from, double to) { return fmt::format("({})", uniform(from, to)); };
  const auto process = drifted({fmt::format("{} + v*{} + q*{}", number(-2, 2), number(-2, 2), number(-2, 2)),
                                fmt::format("{} + q*{} + v*{}", number(-2, 2), number(-3, 3), number(-2, 2))},
                               {"0", number(0, 2)}, qv);
  auto domain = box(qv, -2, 2);
  for (auto& side : domain.sides) {
    const auto kind = static_cast<Boundary>(*rc::gen::inRange(0, 3));
    side.lower_boundary = side.upper_boundary = kind;
  }
  const auto part = grid(domain, static_cast<std::size_t>(*rc::gen::inRange(3, 12)));
  const auto g = build_generator(process, domain, part);
  RC_ASSERT(g->is_limited());
  std::mt19937_64 engine(static_cast<unsigned>(*rc::gen::inRange(0, 1 << 20)));
  Field m = g->field();
  for (auto& x : m.own()) {  // rough: masses that are zero beside large ones
    x = static_cast<double>(engine() >> 11U) * 0x1p-53;
    x = engine() % 3 == 0 ? 0 : x * x * x * x;
  }
  std::vector<double> change(part.size());
  g->apply(m, change);
  double sum = 0, scale = 0;
  for (std::size_t c = 0; c < change.size(); ++c) {
    // The least share that a step keeps is 0; rounding of the sums is relative to what flows through the cell.
    RC_ASSERT(m.data()[c] + 0.99 / g->largest_outflow() * change[c] >= 0);
    sum += change[c];
    scale += g->largest_outflow() * m.data()[c];
  }
  if (g->is_closed()) RC_ASSERT(std::abs(sum) <= 1e-14 * scale);
}

}  // namespace
}  // namespace fpk::solvers
