// A process of two variables and two sources that do not commute, with its coefficients as plain functions, and a step of a scheme on
// it against a formula written out.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

#include "tests/sde/one_step.hpp"

namespace fpk::sde::two_sources {

using Point = std::array<double, 2>;

inline model::Process process() {
  return problems::process({"x", "y"}, {"sin(y) + t", "x*y - t*x"},
                           {{"0.5 + 0.3*y", "0.2*x*t"}, {"cos(x)", "0.7 - 0.1*x*y"}});
}

inline Point drift(const Point& x, double t) { return {std::sin(x[1]) + t, x[0] * x[1] - t * x[0]}; }
/// Column j of the noise.
inline Point column(std::size_t j, const Point& x, double t) {
  return j == 0 ? Point{0.5 + 0.3 * x[1], std::cos(x[0])} : Point{0.2 * x[0] * t, 0.7 - 0.1 * x[1] * x[0]};
}

/// formula(x, t, dt, dW, sign): where a step leads; the scheme's own may be off by `rounding`.
template <class Formula>
void expect_steps(const std::string& scheme_name, const Formula& formula, double rounding) {
  const auto scheme = one_step::make(scheme_name, process());
  ASSERT_EQ(scheme->draws().increments, 2U);
  ASSERT_EQ(scheme->draws().signs, 1U);
  for (std::size_t n = 0; n < 20; ++n) {
    const Point x{one_step::asymmetric(n, 0), one_step::asymmetric(n, 1)};
    const Point dW{one_step::asymmetric(n, 2), one_step::asymmetric(n, 3)};
    for (const double sign : {-1.0, 1.0}) {
      const Point expected = formula(x, 0.6, 0.17, dW, sign);
      const auto after = one_step::step(*scheme, {x[0], x[1]}, 0.6, 0.17, {{dW[0], dW[1]}, {sign}});
      EXPECT_NEAR(after[0], expected[0], rounding);
      EXPECT_NEAR(after[1], expected[1], rounding);
    }
  }
}

}  // namespace fpk::sde::two_sources
