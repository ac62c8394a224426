#include "sde/schemes/platen_weak_2.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/sde/one_step.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using one_step::asymmetric;
using problems::process;

using Point = std::array<double, 2>;

Point drift(const Point& x, double t) { return {std::sin(x[1]) + t, x[0] * x[1] - t * x[0]}; }
/// Column j of the noise.
Point column(std::size_t j, const Point& x, double t) {
  return j == 0 ? Point{0.5 + 0.3 * x[1], std::cos(x[0])} : Point{0.2 * x[0] * t, 0.7 - 0.1 * x[1] * x[0]};
}

Point moved(const Point& x, const Point& by, double factor) {
  return {x[0] + factor * by[0], x[1] + factor * by[1]};
}

/// Kloeden and Platen's formula in plain numbers; sign: that of V_21.
Point platen(const Point& x, double t, double dt, const std::array<double, 2>& dW, double sign) {
  const double root = std::sqrt(dt), end = t + dt;
  const Point a = drift(x, t), drifted = moved(x, a, dt);
  const Point Y = moved(moved(drifted, column(0, x, t), dW[0]), column(1, x, t), dW[1]);
  const Point a_Y = drift(Y, end);
  Point after = x;
  for (std::size_t i = 0; i < 2; ++i) {
    after[i] += 0.5 * (a[i] + a_Y[i]) * dt;
    for (std::size_t j = 0; j < 2; ++j) {
      const std::size_t r = 1 - j;
      const double V_rj = r == 1 ? sign * dt : -sign * dt;
      const Point b = column(j, x, t), b_r = column(r, x, t);
      const Point plus = column(j, moved(drifted, b, root), end),
                  minus = column(j, moved(drifted, b, -root), end);
      const Point up = column(j, moved(x, b_r, root), t), down = column(j, moved(x, b_r, -root), t);
      after[i] +=
          0.25 * (plus[i] + minus[i] + 2 * b[i]) * dW[j] + 0.25 * (up[i] + down[i] - 2 * b[i]) * dW[j];
      after[i] += 0.25 * (plus[i] - minus[i]) * (dW[j] * dW[j] - dt) / root;
      after[i] += 0.25 * (up[i] - down[i]) * (dW[j] * dW[r] + V_rj) / root;
    }
  }
  return after;
}

TEST(PlatenWeak2, TakesTheStepOfItsFormula) {
  const auto scheme =
      one_step::make("platen-weak-2", process({"x", "y"}, {"sin(y) + t", "x*y - t*x"},
                                              {{"0.5 + 0.3*y", "0.2*x*t"}, {"cos(x)", "0.7 - 0.1*x*y"}}));
  ASSERT_EQ(scheme->draws().increments, 2U);
  ASSERT_EQ(scheme->draws().signs, 1U);
  for (std::size_t n = 0; n < 20; ++n) {
    const Point x{asymmetric(n, 0), asymmetric(n, 1)};
    const std::array<double, 2> dW{asymmetric(n, 2), asymmetric(n, 3)};
    for (const double sign : {-1.0, 1.0}) {
      const auto expected = platen(x, 0.6, 0.17, dW, sign);
      const auto after = one_step::step(*scheme, {x[0], x[1]}, 0.6, 0.17, {{dW[0], dW[1]}, {sign}});
      EXPECT_NEAR(after[0], expected[0], 2e-14);  // a dozen terms of size 2
      EXPECT_NEAR(after[1], expected[1], 2e-14);
    }
  }
}

TEST(PlatenWeak2, WantsASignForEachPairOfSources) {
  const auto counts = [](const std::vector<std::vector<std::string>>& noise) {
    return platen_weak_2(process({"x"}, {"x"}, noise)).draws.signs;
  };
  EXPECT_EQ(counts({{}}), 0U);
  EXPECT_EQ(counts({{"x"}}), 0U);
  EXPECT_EQ(counts({{"x", "1"}}), 1U);
  EXPECT_EQ(counts({{"x", "1", "x^2", "2"}}), 6U);
}

}  // namespace
