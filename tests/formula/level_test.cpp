#include "formula/level.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "formula/program.hpp"

namespace {

using namespace fpk::formula;

const Scope plane{{"x", "y"}, {}, {}};

std::optional<Formula> level(const char* text) { return level_of(parse(text, plane)); }

double at(const Formula& f, double x, double y) {
  return Program(f, {"x", "y"})(std::vector<double>{x, y}).front();
}

TEST(Level, IsTheDifferenceOfTheTwoSidesOfAComparison) {
  EXPECT_EQ(at(*level("x > 0.25"), 1, 9), 0.75);
  EXPECT_EQ(at(*level("x + y <= 2*x"), 1, 9), -8);
}

RC_GTEST_PROP(Level, IsPositiveInsideTheSetAndNegativeOutside, ()) {
  const double x = 0.1 * *rc::gen::inRange(-30, 30) + 0.01, y = 0.1 * *rc::gen::inRange(-30, 30) + 0.02;
  for (const char* text : {"x > 0.3", "x^2 + y^2 <= 1", "x < -1 or x > 1", "x > 0 and not (y > x)",
                           "not (x < 1 or (y >= 0 and y < 0.5))"}) {
    const auto g = level(text);
    RC_ASSERT(g.has_value());
    RC_ASSERT((at(*g, x, y) > 0) == (at(parse(text, plane), x, y) != 0));
  }
}

TEST(Level, IsNothingForASetThatIsNotMadeOfComparisons) {
  EXPECT_FALSE(level("x"));
  EXPECT_FALSE(level("(x > 0) * (y > 0)"));
  EXPECT_FALSE(level("x == y"));
  EXPECT_FALSE(level("x > 0 and abs(sign(y))"));
}

}  // namespace
