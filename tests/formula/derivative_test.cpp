#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "formula/program.hpp"
#include "tests/formula/random_formula.hpp"

namespace fpk::formula {
namespace {

const Scope xy = {{"x", "y"}, {}, {}};

Formula in_xy(std::string_view text) { return parse(text, xy); }
std::string derivative_text(std::string_view text) { return in_xy(text).derivative("x").text(); }

double at(const Formula& f, double x, double y) { return testing::tree_value(f.node(), x, y); }

/// Central differences extrapolated twice (Richardson 1911): the error is O(h^6) and round-off about eps |f|
/// / h.
double difference_quotient(const Formula& f, double x, double y) {
  constexpr double h = 0x1p-8;
  const auto central = [&](double step) { return (at(f, x + step, y) - at(f, x - step, y)) / (2 * step); };
  const double d1 = central(h), d2 = central(h / 2), d4 = central(h / 4);
  const double r1 = (4 * d2 - d1) / 3, r2 = (4 * d4 - d2) / 3;
  return (16 * r2 - r1) / 15;
}

/// One smooth formula for every function of the table, its arguments inside the domain for x, y in (0.2,
/// 0.8).
const std::vector<std::pair<Operation, std::string>>& one_of_each() {
  using enum Operation;
  static const std::vector<std::pair<Operation, std::string>> formulas = {
      {add, "x*y + x^3"},
      {subtract, "x*y - x^3"},
      {multiply, "x*(x+y)"},
      {divide, "(x+1)/(x*y+2)"},
      {negate, "-(x^2*y)"},
      {power, "pow(x+y, x*y)"},
      {less, "(x < y + 2)*x"},
      {less_equal, "(y+2 <= x)*x"},
      {equal, "(x == 5)*x + x"},
      {not_equal, "(x != 5)*x"},
      {logical_and, "(x > 0 and y > 0)*x"},
      {logical_or, "(x > 0 or y > 0)*x"},
      {logical_not, "(not (x > 5))*x"},
      {select, "select(x > 3, x, x^2*y)"},
      {exp, "exp(x*y)"},
      {log, "log(x+x*y)"},
      {sqrt, "sqrt(x+y)"},
      {sin, "sin(3*x*y)"},
      {cos, "cos(3*x+y)"},
      {tan, "tan(x*y)"},
      {sinh, "sinh(x*y)"},
      {cosh, "cosh(x+y)"},
      {tanh, "tanh(x-y)"},
      {abs, "abs(x-2)*y"},
      {min, "min(x^2, y+2)"},
      {max, "max(x^2, y-2)"},
      {sign, "sign(x-5)*x^2"},
      {atan2, "atan2(x, x*y+1)"},
      {erf, "erf(x*y)"}};
  return formulas;
}

TEST(Derivative, HasATestForEveryRowOfTheTable) {
  std::set<Operation> tested;
  for (const auto& [operation, text] : one_of_each()) {
    tested.insert(operation);
    const auto nodes = post_order(in_xy(text).node());
    EXPECT_TRUE(std::any_of(nodes.begin(), nodes.end(), [&](const NodePointer& n) {
      return n->operation == operation;
    })) << text;
  }
  for (const Function& f : function_table()) EXPECT_TRUE(tested.contains(f.operation)) << f.name;
}

TEST(Derivative, OfEveryFunctionAgreesWithDifferences) {
  testing::Random random(5);
  for (const auto& [operation, text] : one_of_each()) {
    const Formula f = in_xy(text), d = f.derivative("x");
    for (int trial = 0; trial < 50; ++trial) {
      const double x = testing::uniform(random, 0.2, 0.8), y = testing::uniform(random, 0.2, 0.8);
      // Values are of order 1, so round-off is about 1e-16 / h * 45/15 = 1e-13; h^6 f^(7)/5040 stays below
      // 1e-11.
      EXPECT_NEAR(at(d, x, y), difference_quotient(f, x, y), 2e-11) << text << " at " << x << ", " << y;
    }
  }
}

TEST(Derivative, IsTheTextbookOne) {
  EXPECT_EQ(derivative_text("x^5"), "5*x^4");
  EXPECT_EQ(derivative_text("x^2"), "2*x");
  EXPECT_EQ(derivative_text("x^2/2"), "x");
  EXPECT_EQ(derivative_text("(x^2-1)^2 + y^2"), "4*((x^2 - 1)*x)");
  EXPECT_EQ(derivative_text("exp(-x)"), "-exp(-x)");
  EXPECT_EQ(derivative_text("sin(2*x)"), "2*cos(2*x)");
  EXPECT_EQ(derivative_text("log(x)"), "1/x");
  EXPECT_EQ(derivative_text("y^2"), "0");
  EXPECT_EQ(derivative_text("y*x"), "y");
  EXPECT_EQ(derivative_text("abs(x)"), "sign(x)");
  EXPECT_EQ(derivative_text("max(x, y)"), "select(y < x, 1, 0)");
}

TEST(Derivative, LeavesJumpsOut) {
  for (const char* text : {"x < y", "x == y", "x > 0 and y > 0", "not x", "sign(x)"})
    EXPECT_EQ(in_xy(text).derivative("x").constant(), 0.0) << text;
}

TEST(Derivative, VisitsASharedNodeOnce) {
  Formula f = Formula::variable("x");
  for (int i = 0; i < 60; ++i) f = f * f + f;  // 2^60 paths from the root to x
  const Program p(f.derivative("x"), {"x"});
  EXPECT_LT(p.instruction_count(), 400U);
}

TEST(Derivative, MixesInAnyOrder) {
  testing::Random random(6);
  for (const auto& [operation, text] : one_of_each()) {
    const Formula f = in_xy(text), d_xy = f.derivative("x").derivative("y"),
                  d_yx = f.derivative("y").derivative("x");
    const double x = testing::uniform(random, 0.2, 0.8), y = testing::uniform(random, 0.2, 0.8);
    EXPECT_NEAR(at(d_xy, x, y), at(d_yx, x, y), 1e-12 * (1 + std::abs(at(d_xy, x, y))))
        << text;  // round-off of tens of terms
  }
}

TEST(Substitute, PutsAFormulaInPlaceOfAVariable) {
  EXPECT_EQ(in_xy("x^2 + x*y").substitute("x", in_xy("y+1")).text(), "(y + 1)^2 + (y + 1)*y");
  EXPECT_EQ(in_xy("x^2 + x*y").substitute("x", 0).text(), "0");
  const Formula f = in_xy("sin(y)*x");
  EXPECT_EQ(f.substitute("z", 1).node(), f.node());
}

TEST(Formula, KnowsItsVariablesAndConstants) {
  EXPECT_EQ(in_xy("y*sin(x) + y").variables(), (std::vector<std::string>{"x", "y"}));
  EXPECT_TRUE(in_xy("x^0").variables().empty());
  EXPECT_EQ(in_xy("2*3 + 1").constant(), 7.0);
  EXPECT_EQ(in_xy("x - x").constant(), 0.0);
  EXPECT_FALSE(in_xy("x").constant().has_value());
  EXPECT_TRUE(in_xy("x+y").depends_on("y"));
  EXPECT_FALSE(in_xy("x+0*y").depends_on("y"));
}

TEST(Formula, FoldsNoNotANumberSilently) {
  EXPECT_EQ(in_xy("1/0").constant(), std::numeric_limits<double>::infinity());
  for (const char* text : {"0/0", "log(-1)", "sqrt(-1)", "(1/0) - (1/0)"}) {
    EXPECT_NE(in_xy(text).node()->operation, Operation::constant) << text;
    EXPECT_TRUE(std::isnan(in_xy(text).constant().value())) << text;
  }
}

TEST(MayJump, IsTrueOfComparisonsAndSignsAndOfNothingSmooth) {
  const Scope scope{{"x"}, {}, {}};
  for (const char* jumps : {"10*(x > 0)", "x^2 + sign(x)", "(x < 0)*x^2"})
    EXPECT_TRUE(parse(jumps, scope).may_jump()) << jumps;
  for (const char* smooth : {"x^2", "abs(x)", "tanh(x/0.1)", "max(x, 0)"})
    EXPECT_FALSE(parse(smooth, scope).may_jump()) << smooth;
}

}  // namespace
}  // namespace fpk::formula
