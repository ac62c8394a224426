// The box around the level set of a potential, and the mass that it cuts off.
#include "model/confining_box.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace fpk::model {
namespace {

formula::Formula parse(const std::string& text) { return formula::parse(text, {{"x", "y", "z"}, {}, {}}); }

TEST(ConfiningBox, CutsOffTheMassOfANormalLawsTails) {
  // L/D = 0.7 (x - 3)^2 / 0.4: N(3, 0.2857), level set |x - 3| < sqrt(0.4 ln 1e12 / 0.7).
  const auto box = confining_box({"x"}, parse("0.7*(x - 3)^2/0.4"), {-0.2}, {0.3});
  ASSERT_TRUE(box.has_value());
  const double half = std::sqrt(0.4 * std::log(1e12) / 0.7), sd = std::sqrt(0.4 / 1.4);
  EXPECT_LE(box->upper[0], 3 + half * 1.05);  // a spacing, 7/1024 of the box, and what is allowed as settled
  EXPECT_GE(box->upper[0], 3 + half);
  EXPECT_LE(box->lower[0], 3 - half);
  const double exact = 0.5 * (std::erfc((box->upper[0] - 3) / (sd * std::sqrt(2))) +
                              std::erfc((3 - box->lower[0]) / (sd * std::sqrt(2))));
  EXPECT_NEAR(box->mass_outside, exact, 0.01 * exact);  // quadrature on cells of 1/512 of the box
  EXPECT_LT(exact, 1e-11);
}

TEST(ConfiningBox, HoldsTheInitialLawAndWellsBesideIt) {
  // Wells at x = -2 and 2, y tilted; started in the left one alone.
  const auto box =
      confining_box({"x", "y"}, parse("((x^2 - 4)^2 + (y - 0.5*x)^2)/0.2"), {-2.1, -1.2}, {-1.9, 7});
  ASSERT_TRUE(box.has_value());
  EXPECT_GT(box->upper[0], 2);
  EXPECT_LT(box->lower[0], -2.2);
  EXPECT_EQ(box->upper[1], 7);
  EXPECT_LT(box->mass_outside, 1e-11);
}

TEST(ConfiningBox, IsNoneWhereThePotentialDoesNotConfine) {
  EXPECT_FALSE(confining_box({"x"}, parse("-x"), {0}, {1}).has_value());
  EXPECT_FALSE(confining_box({"x", "y"}, parse("x^2"), {0, 0}, {1, 1}).has_value());
}

TEST(ConfiningBox, IsFoundInThreeDimensions) {
  const auto box =
      confining_box({"x", "y", "z"}, parse("4*x^2 + y^2 + (z - x)^2 + 0.3*y"), {0, 0, 0}, {0.1, 0.1, 0.1});
  ASSERT_TRUE(box.has_value());
  EXPECT_GT(box->upper[1], std::sqrt(std::log(1e12)) - 0.15);
  EXPECT_LT(box->upper[1], 2 * std::sqrt(std::log(1e12)));
  EXPECT_LT(box->mass_outside, 1e-11);
}

}  // namespace
}  // namespace fpk::model
