// Collocation of the backward equation against closed forms: processes that are functions of a Gaussian one.
#include "solvers/backward_collocation.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "solvers/moment_equations.hpp"

namespace fpk::solvers {
namespace {

using formula::Formula;
using law::Observable;

Formula parsed(const std::string& text, const std::vector<std::string>& variables) {
  return formula::parse(text, {variables, {}, {}});
}

/// The stated error is the difference to a worse answer, so it bounds the error of the better one; beside it round-off.
void expect_known(const CollocatedValue& found, double exact, double most_stated) {
  EXPECT_LE(std::abs(found.value - exact), found.error + 1e-12) << found.value << " for " << exact;
  EXPECT_LT(found.error, most_stated);
}

/// Y = (Y1, Y2) Gaussian, dY = B Y dt + S dW.
model::Process gaussian() {
  model::Process p;
  p.variables = {"u", "v"};
  p.drift = {parsed("-0.8*u + 0.5*v + 0.1", p.variables), parsed("-0.9*u - 0.6*v", p.variables)};
  p.noise = {{Formula(0.35), Formula(0.0)}, {Formula(-0.2), Formula(0.3)}};
  return p;
}

/// X = (sinh Y1, Y2) by Ito's formula: with c = cosh Y1 = sqrt(1 + x^2), dX1 = (c b1 + x a11) dt + c S1 dW.
model::Process of_sinh() {
  const std::string u = "log(x + sqrt(1 + x^2))", c = "sqrt(1 + x^2)";
  model::Process p;
  p.variables = {"x", "v"};
  p.drift = {parsed(c + "*(-0.8*" + u + " + 0.5*v + 0.1) + x*0.35^2/2", p.variables),
             parsed("-0.9*" + u + " - 0.6*v", p.variables)};
  p.noise = {{Formula(0.35) * parsed(c, p.variables), Formula(0.0)}, {Formula(-0.2), Formula(0.3)}};
  return p;
}

TEST(BackwardCollocation, HasTheMomentsOfACurvedProcessInThePlane) {
  const double t = 1.5, u0 = 0.7, v0 = -0.4;
  Eigen::Vector2d y0(u0, v0);
  const auto law = MomentEquations::of(gaussian())->at(t, {y0, y0 * y0.transpose()});
  const Eigen::Vector2d m = law.mean;
  const Eigen::Matrix2d V = law.covariance();
  // E e^{Y1} Y2 = e^{m1 + V11/2} (m2 + V12), and the same with the sign of Y1 turned.
  const double up = std::exp(m[0] + V(0, 0) / 2), down = std::exp(-m[0] + V(0, 0) / 2);
  const auto process = of_sinh();
  const BackwardCollocation collocation(process, {-2.2, -2.0}, {2.4, 1.6});
  const auto found = collocation.expectations({{"x", parsed("x", process.variables)},
                                               {"xv", parsed("x*v", process.variables)},
                                               {"cos", parsed("cos(v)", process.variables)},
                                               {"x2", parsed("x^2", process.variables)}},
                                              {{{std::sinh(u0), v0, 0}, 1.0}}, t);
  expect_known(found[0], 0.5 * (up - down), 1e-3);
  expect_known(found[1], 0.5 * (up * (m[1] + V(0, 1)) - down * (m[1] - V(0, 1))), 1e-3);
  expect_known(found[2], std::cos(m[1]) * std::exp(-V(1, 1) / 2), 1e-3);
  expect_known(found[3], 0.5 * (std::exp(2 * V(0, 0)) * std::cosh(2 * m[0]) - 1), 1e-3);
}

TEST(BackwardCollocation, IsExactWherePolynomialsAreClosed) {
  // Drift affine, covariance quadratic: polynomials of degree two stay such, and any degree has their expectations to round-off.
  model::Process p = gaussian();
  p.noise[0][0] = parsed("0.35*(1 + u/2)", p.variables);
  p.noise[1][0] = Formula(0.0);
  Eigen::Vector2d y0(0.7, -0.4);
  ASSERT_TRUE(MomentEquations::of(p));
  const auto law = MomentEquations::of(p)->at(1.2, {y0, y0 * y0.transpose()});
  const auto found = BackwardCollocation(p, {-1, -1.5}, {1.5, 1})
                         .expectations({{"u", parsed("u", p.variables)},
                                        {"uv", parsed("u*v", p.variables)},
                                        {"u2", parsed("u^2", p.variables)}},
                                       {{{0.7, -0.4, 0}, 1.0}}, 1.2);
  EXPECT_NEAR(found[0].value, law.mean[0], 1e-10);
  EXPECT_NEAR(found[1].value, law.second(0, 1), 1e-10);
  EXPECT_NEAR(found[2].value, law.second(0, 0), 1e-10);
}

TEST(BackwardCollocation, TakesOneAndThreeVariables) {
  // Ornstein-Uhlenbeck, dX = -k X dt + s dW in each: E cos X = cos(m e^{-kt}) e^{-v/2}, v = s^2 (1 - e^{-2kt})/(2k).
  const double t = 0.9;
  for (const std::size_t d : {1U, 3U}) {
    model::Process p;
    std::vector<law::WeightedPoint> start{{{}, 1.0}};
    Formula f = 1.0;
    double exact = 1;
    p.noise.assign(d, std::vector<Formula>(d, Formula(0.0)));
    for (std::size_t a = 0; a < d; ++a) {
      const std::string name(1, "xyz"[a]);
      const double k = 0.7 + 0.2 * static_cast<double>(a), s = 0.2, m = 0.3 - 0.2 * static_cast<double>(a);
      p.variables.push_back(name);
      p.drift.push_back(Formula(-k) * Formula::variable(name));
      p.noise[a][a] = s;
      f = f * parsed("cos(" + name + ")", {name});
      start[0].x[a] = m;
      exact *= std::cos(m * std::exp(-k * t)) * std::exp(-s * s * (1 - std::exp(-2 * k * t)) / (4 * k));
    }
    const auto found = BackwardCollocation(p, std::vector<double>(d, -1.2), std::vector<double>(d, 1.2))
                           .expectations({{"f", f}}, start, t);
    expect_known(found[0], exact, d == 1 ? 1e-9 : 1e-4);
  }
}

TEST(BackwardCollocation, IsRefusedWhereCoefficientsMoveOrJump) {
  auto p = gaussian();
  EXPECT_EQ(BackwardCollocation::refusal(p), "");
  p.drift[0] = p.drift[0] * Formula::variable(model::time_name);
  EXPECT_NE(BackwardCollocation::refusal(p).find("time"), std::string::npos);
  p = gaussian();
  p.drift[0] = parsed("sign(u)", p.variables);
  EXPECT_NE(BackwardCollocation::refusal(p).find("jump"), std::string::npos);
}

}  // namespace
}  // namespace fpk::solvers
