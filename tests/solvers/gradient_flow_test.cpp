// The gradient flow against closed forms.
#include "solvers/gradient_flow.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

formula::Formula parsed(const char* text) {
  formula::Scope scope;
  scope.variables = {"x", "y"};
  return formula::parse(text, scope);
}

TEST(GradientFlow, OfAQuadraticFollowsItsClosedForm) {
  // x = 3 exp(-2 t), y = -exp(-t / 2): x is 3 y^4.
  const std::vector<double> start{3, -1};
  const auto path = gradient_flow(parsed("x^2 + y^2/4"), {"x", "y"}, start, 1.5, 7);
  ASSERT_EQ(path.size(), 7U);
  EXPECT_EQ(path.front().time, 0);
  EXPECT_NEAR(path.back().time, 1.5, 1e-12);
  for (std::size_t k = 0; k < path.size(); ++k) {
    const auto& p = path[k];
    EXPECT_NEAR(p.at[0], 3 * std::exp(-2 * p.time),
                1e-6);  // steps of 1e-9, some tens, and dense output of fourth order
    EXPECT_NEAR(p.at[1], -std::exp(-p.time / 2), 1e-6);
    EXPECT_NEAR(p.length, path.back().length * static_cast<double>(k) / 6, 1e-6);
  }
  double length = 0;  // of the curve, by chords
  constexpr int pieces = 20'000;
  for (int k = 0; k < pieces; ++k) {
    const double s = 1.5 * k / pieces, t = 1.5 * (k + 1) / pieces;
    length += std::hypot(3 * (std::exp(-2 * t) - std::exp(-2 * s)), std::exp(-t / 2) - std::exp(-s / 2));
  }
  EXPECT_NEAR(path.back().length, length, 1e-6);
}

TEST(GradientFlow, EndsWhereItComesToRest) {
  const auto path =
      gradient_flow(parsed("(x - 1)^2 + (x*y - 2)^2"), {"x", "y"}, std::vector<double>{2, 3}, 1e6, 4);
  EXPECT_LT(path.back().time, 1e3);
  EXPECT_NEAR(path.back().at[0], 1, 1e-6);
  EXPECT_NEAR(path.back().at[1], 2, 1e-6);
}

TEST(GradientFlow, StaysAtAMinimum) {
  const auto path = gradient_flow(parsed("x^2 + y^2"), {"x", "y"}, std::vector<double>{0, 0}, 1, 3);
  for (const auto& p : path) EXPECT_EQ(p.at, (std::vector<double>{0, 0}));
}

TEST(GradientFlow, SaysWhenItLeavesAllBounds) {
  EXPECT_THROW(gradient_flow(parsed("-x^4 + y^2"), {"x", "y"}, std::vector<double>{1, 1}, 10, 3),
               SolverError);
}

}  // namespace
}  // namespace fpk::solvers
