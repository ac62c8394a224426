#include "sde/scheme.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sde/block.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using sde::problems::process;
constexpr std::size_t width = formula::block_width;

TEST(Schemes, AreFoundByTheirNames) {
  EXPECT_FALSE(sde::schemes().empty());
  for (const auto& row : sde::schemes()) EXPECT_EQ(sde::find_scheme(row.name), &row);
  EXPECT_EQ(sde::find_scheme("euler"), nullptr);
}

TEST(Schemes, StateOrdersAndASource) {
  for (const auto& row : sde::schemes()) {
    EXPECT_GT(row.weak_order, 0) << row.name;
    EXPECT_GT(row.strong_order, 0) << row.name;
    EXPECT_GE(row.strong_order_additive, row.strong_order) << row.name;
    EXPECT_FALSE(row.source.empty()) << row.name;
  }
}

// b = (x y - t, -y + t^2), sigma = [0.3, 0, x; y, -0.2, t]: constant, zero and varying entries, and time.
TEST(EulerMaruyama, TakesTheStepOfItsFormula) {
  const auto p = process({"x", "y"}, {"x*y - t", "-y + t^2"}, {{"0.3", "0", "x"}, {"y", "-0.2", "t"}});
  const auto scheme = sde::find_scheme("euler-maruyama")->make(p);
  ASSERT_EQ(scheme->draws().increments, 3U);
  const auto scratch = scheme->scratch();
  const sde::BlockArrays X(2), dW(3);
  for (std::size_t i = 0; i < width; ++i) {
    const double s = static_cast<double>(i) / width;
    X[0][i] = 1 - s;
    X[1][i] = std::cos(7 * s);
    for (std::size_t k = 0; k < 3; ++k) dW[k][i] = std::sin(static_cast<double>(k + 1) * 9 * s + 1);
  }
  const double t = 1.7, dt = 0.13;
  std::vector<double> x(X[0], X[0] + width), y(X[1], X[1] + width);
  scheme->step(X.all(), t, dt, {dW.all_const()}, *scratch);
  for (std::size_t i = 0; i < width; ++i) {
    const double after_x = x[i] + (x[i] * y[i] - t) * dt + 0.3 * dW[0][i] + x[i] * dW[2][i];
    const double after_y = y[i] + (-y[i] + t * t) * dt + y[i] * dW[0][i] - 0.2 * dW[1][i] + t * dW[2][i];
    ASSERT_NEAR(X[0][i], after_x, 1e-15 * 8);  // sums of a few terms of size 2 at most
    ASSERT_NEAR(X[1][i], after_y, 1e-15 * 8);
  }
}

TEST(EulerMaruyama, IsEulersMethodWithoutNoise) {
  const auto p = process({"x", "y"}, {"y", "-x"}, {{}, {}});
  const auto scheme = sde::find_scheme("euler-maruyama")->make(p);
  EXPECT_EQ(scheme->draws().increments, 0U);
  const auto scratch = scheme->scratch();
  const sde::BlockArrays X(2);
  for (std::size_t i = 0; i < width; ++i) X[0][i] = 1, X[1][i] = 0;
  scheme->step(X.all(), 0, 0.125, {{}}, *scratch);
  EXPECT_EQ(X[0][9], 1);
  EXPECT_EQ(X[1][9], -0.125);
}

}  // namespace
