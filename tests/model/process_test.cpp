#include "model/process.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "formula/program.hpp"

namespace fpk::model {
namespace {

const Formula x = Formula::variable("x"), y = Formula::variable("y"), t = Formula::variable("t");

double value(const Formula& f, double at_x, double at_y) {
  return formula::Program(f, {"x", "y"})(std::vector<double>{at_x, at_y}).front();
}

TEST(OverdampedLangevin, DriftsDownTheGradientOfThePotential) {
  const Process p = overdamped_langevin({"x", "y"}, x * x * x + x * y * y, 0.5);
  EXPECT_EQ(value(p.drift[0], 2, 3), -(3 * 4 + 9));
  EXPECT_EQ(value(p.drift[1], 2, 3), -(2 * 2 * 3));
}

TEST(OverdampedLangevin, HasExactlyTheTemperatureForDiffusion) {
  // sqrt(2 D)^2 / 2 is not D in floating point for this D.
  const double temperature = 0.3;
  const Process p = overdamped_langevin({"x", "y"}, x * x, temperature);
  EXPECT_EQ(p.diffusion()[0][0].constant(), temperature);
  EXPECT_EQ(p.diffusion()[0][1].constant(), 0.0);
  EXPECT_TRUE(p.has_diagonal_diffusion());
  EXPECT_EQ(p.noise_sources(), 2U);
}

TEST(OverdampedLangevin, HasTheGibbsLawForStationaryLaw) {
  const Process p = overdamped_langevin({"x", "y"}, x * x + y, 0.5);
  EXPECT_EQ(value(*p.log_stationary(), 3, 1), -20);
}

TEST(Diffusion, IsHalfTheSquareOfTheNoise) {
  Process p;
  p.variables = {"x", "y"};
  p.drift = {Formula(0.0), Formula(0.0)};
  p.noise = {{x, Formula(1.0)}, {Formula(0.0), y}};
  const auto a = p.diffusion();
  EXPECT_EQ(value(a[0][0], 3, 5), (9 + 1) / 2.0);
  EXPECT_EQ(value(a[0][1], 3, 5), 5 / 2.0);
  EXPECT_EQ(value(a[1][0], 3, 5), 5 / 2.0);
  EXPECT_EQ(value(a[1][1], 3, 5), 25 / 2.0);
  EXPECT_FALSE(p.has_diagonal_diffusion());
}

TEST(Diffusion, IsDiagonalWhereEachSourceDrivesOneVariable) {
  Process p;
  p.variables = {"x", "y"};
  p.drift = {y, -x};
  p.noise = {{Formula(0.0)}, {x}};
  EXPECT_TRUE(p.has_diagonal_diffusion());
  EXPECT_EQ(p.noise_sources(), 1U);
}

TEST(Process, KnowsWhetherItDependsOnTime) {
  Process p = overdamped_langevin({"x"}, x * x, 1);
  EXPECT_FALSE(p.depends_on_time());
  p.drift[0] = p.drift[0] + t;
  EXPECT_TRUE(p.depends_on_time());
  p.drift[0] = -x;
  p.noise[0][0] = sqrt(t);
  EXPECT_TRUE(p.depends_on_time());
}

TEST(Process, TakesTheLogarithmOfAGivenStationaryDensity) {
  Process p;
  p.variables = {"x", "y"};
  p.drift = {-x, -y};
  p.noise = {{Formula(1.0)}, {Formula(1.0)}};
  EXPECT_FALSE(p.log_stationary());
  p.stationary = x;
  EXPECT_NEAR(value(*p.log_stationary(), 7, 0), std::log(7), 4e-16);  // an ulp of log 7
}

TEST(Process, EvaluatesInItsVariablesAndThenTime) {
  EXPECT_EQ(overdamped_langevin({"x", "y"}, x, 1).inputs(), (std::vector<std::string>{"x", "y", "t"}));
}

TEST(Process, WritesItsEquations) {
  Process p;
  p.variables = {"x", "y"};
  p.drift = {y, -x};
  p.noise = {{Formula(0.0)}, {x}};
  EXPECT_EQ(p.equations(), (std::vector<std::string>{"dx = (y) dt", "dy = (-x) dt + (x) dW1"}));
}

}  // namespace
}  // namespace fpk::model
