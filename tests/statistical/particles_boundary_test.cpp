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
                      const law::InitialLaw& initial, double step, double end,
                      sde::Absorption absorption = sde::Absorption::bridge) {
  sde::EnsembleSettings settings{count, "euler-maruyama", step, 41};
  settings.absorption = absorption;
  sde::Ensemble ensemble(process({"x"}, {drift}, {{noise}}), domain, initial, settings,
                         parallel::Communicator::self());
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
    const auto sample = particles("0", "1", box({"x"}, 0, 1, Boundary::absorbing), start, step, t,
                                  sde::Absorption::end_of_step);
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
  const auto sample = particles("0", "1", domain, start, step, t, sde::Absorption::end_of_step);
  const double found = sample.total_mass(), standard_error = std::sqrt(found * (1 - found) / count);
  EXPECT_NEAR(found, survival(1.3 + moved, 2 + 2 * moved, t), allowed * standard_error + step);
  EXPECT_LT(found, 0.99);
}

// With the bridge a Brownian path misses no excursion: survival between two walls is right at steps so coarse that looking at
// their ends is off by a tenth. What is left is that a step of 1/64 may touch both walls: exp(-2 / step) = 1e-56.
TEST(AbsorbedBrownianParticles, SurviveExactlyByTheBridgeAtCoarseSteps) {
  const double t = 0.125;
  for (const double step : {1.0 / 64, 1.0 / 256}) {
    const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
    const double found = particles("0", "1", domain, start, step, t).total_mass();
    const double standard_error = std::sqrt(found * (1 - found) / count);
    EXPECT_NEAR(found, survival(0.3, 1, t), allowed * standard_error);
    const double missed =
        particles("0", "1", domain, start, step, t, sde::Absorption::end_of_step).total_mass();
    EXPECT_GT(missed - survival(0.3, 1, t), 20 * standard_error);
  }
}

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

/// P(x_0 + c t + s W_t stays above 0 up to t), by reflection and Girsanov's theorem.
double survival_in_a_wind(double x_0, double c, double s, double t) {
  const double sd = s * std::sqrt(t);
  return normal_cdf((x_0 + c * t) / sd) - std::exp(-2 * c * x_0 / (s * s)) * normal_cdf((c * t - x_0) / sd);
}

// One wall: a single step is enough, with a wind towards the wall or from it.
TEST(BrownianParticlesInAWind, SurviveOneWallExactlyInASingleStep) {
  auto domain = box({"x"}, 0, 100);
  domain.sides[0].lower_boundary = Boundary::absorbing;
  for (const char* wind : {"-0.7", "0.4"})
    for (const double step : {0.8, 0.2}) {
      const double expected = survival_in_a_wind(0.3, std::stod(wind), 0.6, 0.8);
      const double found = particles(wind, "0.6", domain, start, step, 0.8).total_mass();
      EXPECT_NEAR(found, expected, allowed * std::sqrt(expected * (1 - expected) / count)) << wind;
    }
}

// Which wall: by the scale function (1 - exp(-2 c x / s^2)) / (1 - exp(-2 c / s^2)) the wind takes 0.4 of them up.
TEST(BrownianParticlesInAWind, LeaveThroughEachWallWithTheScaleFunctionsShare) {
  const double c = 0.25, s = 0.8, step = 1.0 / 32;
  sde::Ensemble ensemble(process({"x"}, {"0.25"}, {{"0.8"}}), box({"x"}, 0, 1, Boundary::absorbing), start,
                         {count, "euler-maruyama", step, 43}, parallel::Communicator::self());
  ensemble.advance(8);  // survivors: exp(-8 pi^2 0.32) = 1e-11
  const auto exits = ensemble.absorbed_at_faces();
  ASSERT_EQ(exits.size(), 2U);
  EXPECT_EQ(exits[0] + exits[1], count);
  const double up = std::expm1(-2 * c * 0.3 / (s * s)) / std::expm1(-2 * c / (s * s));
  EXPECT_NEAR(static_cast<double>(exits[1]) / count, up, allowed * std::sqrt(up * (1 - up) / count));
}

// A corner: x and y are independent, so the path leaves through a face of x before one of y with probability int f_x S_y dt,
// f_x = -dS_x/dt. The step is so coarse that a tenth of the paths could have touched both in their last one; attribution
// by the time of the crossing is exact.
TEST(AbsorbedBrownianParticles, LeaveACornerThroughTheFaceThatTheyReachFirst) {
  model::Domain corner = box({"x", "y"}, 0, 50);
  for (auto& side : corner.sides) side.lower_boundary = Boundary::absorbing;
  const double x_0 = 0.2, y_0 = 0.35, s_y = 1.4, t = 0.5;
  sde::Ensemble ensemble(process({"x", "y"}, {"0", "0"}, {{"1", "0"}, {"0", "1.4"}}), corner,
                         law::PointMass({"x", "y"}, {x_0, y_0}), {count, "euler-maruyama", 0.125, 44},
                         parallel::Communicator::self());
  ensemble.advance(t);
  const auto density = [](double h, double s, double u) {
    return h / (s * std::sqrt(2 * pi * u * u * u)) * std::exp(-h * h / (2 * s * s * u));
  };
  const auto alive = [](double h, double s, double u) { return std::erf(h / (s * std::sqrt(2 * u))); };
  double through_x = 0, through_y = 0;
  constexpr int panels = 20'000;  // midpoint rule, error below 1e-7
  for (int k = 0; k < panels; ++k) {
    const double u = (k + 0.5) * t / panels;
    through_x += density(x_0, 1, u) * alive(y_0, s_y, u) * t / panels;
    through_y += density(y_0, s_y, u) * alive(x_0, 1, u) * t / panels;
  }
  const auto exits = ensemble.absorbed_at_faces();
  ASSERT_EQ(exits.size(), 2U);
  EXPECT_NEAR(static_cast<double>(exits[0]) / count, through_x,
              allowed * std::sqrt(through_x * (1 - through_x) / count));
  EXPECT_NEAR(static_cast<double>(exits[1]) / count, through_y,
              allowed * std::sqrt(through_y * (1 - through_y) / count));
}

}  // namespace
