// What a step errs between two faces that absorb, against the law of one step by images, and where it is nothing.
#include "sde/step_between_faces.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "sde/bridge.hpp"
#include "tests/sde/problems.hpp"

namespace fpk::sde {
namespace {

using model::Boundary;
using problems::process;

const std::vector<std::string> plane{"x", "y"};

/// exp(-L^2 / (s^2 dt)) T / dt.
double by_formula(double L, double s2, double dt, double T) { return std::exp(-L * L / (s2 * dt)) * T / dt; }

/// P(alive after one step of variance v) of Brownian motion from x0 in (0, 1): by images, and with each face decided on alone.
double by_images(double x0, double v) {
  double p = 0;
  for (int n = 1; n < 200; n += 2)
    p += 4 / (n * std::numbers::pi) * std::sin(n * std::numbers::pi * x0) *
         std::exp(-v * n * n * std::numbers::pi * std::numbers::pi / 2);
  return p;
}
double face_by_face(double x0, double v) {
  constexpr int n = 20000;
  double p = 0;
  for (int i = 0; i < n; ++i) {
    const double y = (i + 0.5) / n;
    p += std::exp(-(y - x0) * (y - x0) / (2 * v)) / std::sqrt(2 * std::numbers::pi * v) / n *
         (1 - crossing_probability(x0, y, v)) * (1 - crossing_probability(1 - x0, 1 - y, v));
  }
  return p;
}

// From the middle, where a step errs most, over four decades of error: above it, and by no more than a factor of 6.
TEST(ErrorBetweenFaces, BoundsThatOfOneStepFromTheMiddle) {
  const auto p = process({"x"}, {"0"}, {{"1"}});
  const auto unit = problems::box({"x"}, 0, 1, Boundary::absorbing);
  for (const double v : {0.25, 0.16, 0.1, 0.07}) {
    const double error = face_by_face(0.5, v) - by_images(0.5, v), bound = error_between_faces(p, unit, v, v);
    EXPECT_GT(error, 0) << v;
    EXPECT_LT(error, bound) << v;
    EXPECT_GT(6 * error, bound) << v;
  }
}

// Noise that grows upwards and with the time: its largest value is (1 + y)^2 (1 + t) at y = 2, t = 3; points come within 1 % of it.
TEST(ErrorBetweenFaces, TakesTheLargestNoiseInTheBox) {
  const auto box = problems::box(plane, 0, 2, Boundary::absorbing);
  const auto heats = process(plane, {"0", "0"}, {{"(1 + y)*sqrt(1 + t)", "0"}, {"0", "0.1"}});
  const double error = error_between_faces(heats, box, 3, 0.1);
  EXPECT_LE(error, by_formula(2, 36, 0.1, 3));
  EXPECT_GE(error, by_formula(2, 0.99 * 36, 0.1, 3));
}

TEST(ErrorBetweenFaces, IsNoneWhereNoneAreOpposite) {
  const auto p = process(plane, {"0", "0"}, {{"1", "0"}, {"0", "1"}});
  auto box = problems::box(plane, 0, 2);
  EXPECT_EQ(error_between_faces(p, box, 1, 1), 0);
  box.sides[0].lower_boundary = box.sides[1].upper_boundary = Boundary::absorbing;  // of different axes
  EXPECT_EQ(error_between_faces(p, box, 1, 1), 0);
  box.sides[1].lower_boundary = Boundary::absorbing;
  EXPECT_NEAR(error_between_faces(p, box, 1, 0.5), by_formula(2, 1, 0.5, 1), 1e-15);
  EXPECT_EQ(error_between_faces(process(plane, {"0", "0"}, {{"1", "0"}, {"0", "0"}}), box, 1, 0.5), 0);
}

}  // namespace
}  // namespace fpk::sde
