#include "model/network/plane_surrogate.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "formula/program.hpp"

namespace fpk::model {
namespace {

/// A loss of exp(x/2 + y/4) + x^2 y, with a covariance of polynomials of degree 2.
ProjectedLoss example(double x, double y) {
  const double e = std::exp(x / 2 + y / 4);
  ProjectedLoss p;
  p.value = e + x * x * y;
  p.gradient = Eigen::Vector2d(e / 2 + 2 * x * y, e / 4 + x * x);
  p.covariance.resize(2, 2);
  p.covariance << 2 + x * x, 0.3 * x - 0.1 * y, 0.3 * x - 0.1 * y, 1 + 0.2 * y * y;
  return p;
}

TEST(PlaneSurrogate, ErrorFallsGeometricallyInTheDegreeAndIsTheOneItStates) {
  double before = 1;
  for (const std::size_t degree : {3U, 5U, 7U, 9U}) {
    const auto s = plane_surrogate(example, {1.2, 0.8}, degree);
    EXPECT_LT(s.gradient_error, before / 20)
        << degree;  // two degrees: (R/2)^2 over 2 (k + 1) ... of the exponential's series
    EXPECT_GT(s.gradient_error, before / 1e5) << degree;
    EXPECT_LT(s.covariance_error, 1e-13);  // of degree 2: interpolated exactly
    before = s.gradient_error;
  }
}

TEST(PlaneSurrogate, FormulasAreItsPolynomials) {
  const auto s = plane_surrogate(example, {1.2, 0.8}, 6);
  const auto f = s.loss[0].formula({"x", "y"});
  const double x = 0.77, y = -0.31;
  const auto at = [&](const formula::Formula& g) {
    return g.substitute("x", formula::Formula(x)).substitute("y", formula::Formula(y)).constant().value();
  };
  EXPECT_NEAR(at(f), s.loss[0].value(x, y), 1e-14);
  EXPECT_NEAR(at(f.derivative("x")), s.loss[0].gradient(x, y)[0], 1e-13);
  EXPECT_NEAR(at(f.derivative("y")), s.loss[0].gradient(x, y)[1], 1e-13);
}

// a = (eta/(2 b)) Sigma + D I, and a sigma whose square is twice that.
TEST(PlaneDiffusion, HasTheDriftAndTheDiffusionOfTheModifiedEquation) {
  const auto s = plane_surrogate(example, {1.2, 0.8}, 12);
  const auto process = plane_diffusion(s, 0.4, 8, 0.05, {"x", "y"}, {0.7, 0});
  const double x = -0.6, y = 0.5;
  const auto exact = example(x, y);
  const auto at = [&](const formula::Formula& g) {
    return g.substitute("x", formula::Formula(x)).substitute("y", formula::Formula(y)).constant().value();
  };
  // The polynomials' own error at this degree is below 1e-9.
  EXPECT_NEAR(at(process.drift[0]), -exact.gradient[0] - 0.7, 1e-8);
  EXPECT_NEAR(at(process.drift[1]), -exact.gradient[1], 1e-8);
  const auto a = process.diffusion();
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t j = 0; j < 2; ++j) {
      const double expected =
          0.4 / 16 * exact.covariance(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) +
          (i == j ? 0.05 : 0);
      EXPECT_NEAR(at(a[i][j]), expected, 1e-9);
      double square = 0;
      for (std::size_t k = 0; k < 2; ++k) square += at(process.noise[i][k]) * at(process.noise[j][k]);
      EXPECT_NEAR(square / 2, expected, 1e-9);
    }
}

}  // namespace
}  // namespace fpk::model
