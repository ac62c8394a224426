// Brownian particles between walls, whose laws are classical series.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "law/exact/point.hpp"
#include "law/exact/uniform.hpp"
#include "sde/ensemble.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using model::Boundary;
using std::numbers::pi;

constexpr std::int64_t count = 1'000'000;
const law::PointMass start({"x"}, {0.3});

law::Sample particles(const std::string& drift, const std::string& noise, const model::Domain& domain,
                      const law::InitialLaw& initial, double step, double end) {
  sde::Ensemble ensemble(process({"x"}, {drift}, {{noise}}), domain, initial,
                         {count, "euler-maruyama", step, 41}, parallel::Communicator::self());
  ensemble.advance(end);
  return ensemble.sample();
}

void expect_value(const law::Estimate& found, double expected) {
  EXPECT_NEAR(found.value, expected, allowed * found.standard_error);
  EXPECT_LT(found.standard_error, 1e-3);  // of a cosine, with a million particles
}

// Without drift the mirrored walk is the walk on the line folded onto the box, so it has the reflected heat
// kernel at any step: E cos(k pi X_t) = cos(k pi x_0) exp(-(k pi)^2 t / 2).
TEST(ReflectedBrownianParticles, HaveTheReflectedHeatKernelAtAnyStep) {
  for (const double step : {0.001, 0.05, 0.2}) {  // 0.2: half of the steps reach a wall
    const double t = 0.2;
    const auto sample = particles("0", "1", box({"x"}, 0, 1), start, step, t);
    for (const int k : {1, 2, 3}) {
      const double wave = k * pi;
      const auto found =
          sample.expectations({observable("cos(" + std::to_string(k) + "*pi*x)", {"x"})}).front();
      expect_value(found, std::cos(wave * 0.3) * std::exp(-wave * wave * t / 2));
    }
    EXPECT_EQ(sample.total_mass(), 1);
  }
}

TEST(ReflectedBrownianParticles, StayUniform) {
  const auto sample = particles("0", "1", box({"x"}, 0, 1), law::Uniform({"x"}, {0}, {1}), 0.05, 1);
  constexpr std::size_t cells = 20;
  std::vector<double> n(cells, 0.0);
  for (std::size_t i = 0; i < sample.size(); ++i)
    ++n[std::min(cells - 1, static_cast<std::size_t>(sample.positions(0)[i] * cells))];
  double chi_square = 0;
  for (const double of_cell : n)
    chi_square += (of_cell - count / 20.0) * (of_cell - count / 20.0) / (count / 20.0);
  EXPECT_LT(chi_square, 65);   // 19 degrees of freedom: exceeded with probability 6e-7
  EXPECT_GT(chi_square, 2.5);  // and below this with 2e-6: particles too even are wrong too
}

// With a drift c on the circle of length 1: E exp(2 pi i k X_t) = exp(2 pi i k (x_0 + c t) - (2 pi k)^2 t /
// 2), any step.
TEST(PeriodicBrownianParticles, HaveTheWrappedHeatKernelAtAnyStep) {
  for (const double step : {0.001, 0.1}) {
    const double t = 0.1, c = 2.5;
    const auto sample = particles("2.5", "0.6", box({"x"}, 0, 1, Boundary::periodic), start, step, t);
    for (const int k : {1, 2}) {
      const double wave = 2 * pi * k, decay = std::exp(-wave * wave * 0.36 * t / 2);
      const auto text = std::to_string(2 * k) + "*pi*x";
      const auto found = sample.expectations(
          {observable("cos(" + text + ")", {"x"}), observable("sin(" + text + ")", {"x"})});
      expect_value(found[0], std::cos(wave * (0.3 + c * t)) * decay);
      expect_value(found[1], std::sin(wave * (0.3 + c * t)) * decay);
    }
  }
}

/// P(Brownian motion from x_0 has not left [0, length] by t), sine series.
double survival(double x_0, double length, double t) {
  double sum = 0;
  for (int k = 1; k < 60; k += 2)
    sum += 4 / (k * pi) * std::sin(k * pi * x_0 / length) *
           std::exp(-k * k * pi * pi * t / (2 * length * length));
  return sum;
}

// Looked at every dt only, absorbing walls seem further out by 0.5826 sqrt(dt), and what is left is of order
// dt (Chernoff 1965; Broadie, Glasserman, Kou 1997). The bias of order sqrt(dt) is thus asserted, not just
// tolerated.
TEST(AbsorbedBrownianParticles, SurviveAsBetweenWallsMovedByTheStep) {
  for (const double step : {1.0 / 256, 1.0 / 1024}) {
    const double t = 0.125;
    const auto sample = particles("0", "1", box({"x"}, 0, 1, Boundary::absorbing), start, step, t);
    const double found = sample.total_mass(), moved = 0.5826 * std::sqrt(step);
    const double standard_error = std::sqrt(found * (1 - found) / count);
    EXPECT_NEAR(found, survival(0.3 + moved, 1 + 2 * moved, t), allowed * standard_error + step);
    EXPECT_GT(found - survival(0.3, 1, t), 5 * (allowed * standard_error + step));
  }
}

// One face mirrors and one absorbs: by symmetry the problem on [-1, 1] from the same point, absorbing at both
// ends.
TEST(HalfAbsorbedBrownianParticles, SurviveAsInTheBoxUnfolded) {
  auto domain = box({"x"}, 0, 1);
  domain.sides[0].upper_boundary = Boundary::absorbing;
  const double t = 0.25, step = 1.0 / 1024, moved = 0.5826 * std::sqrt(step);
  const auto sample = particles("0", "1", domain, start, step, t);
  const double found = sample.total_mass(), standard_error = std::sqrt(found * (1 - found) / count);
  EXPECT_NEAR(found, survival(1.3 + moved, 2 + 2 * moved, t), allowed * standard_error + step);
  EXPECT_LT(found, 0.99);
}

}  // namespace
