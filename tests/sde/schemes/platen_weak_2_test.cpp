#include "sde/schemes/platen_weak_2.hpp"

#include <gtest/gtest.h>

#include <array>

#include "tests/sde/two_sources.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using problems::process;
using two_sources::column;
using two_sources::drift;
using two_sources::Point;

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
  two_sources::expect_steps("platen-weak-2", platen, 2e-14);  // a dozen terms of size 2
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
