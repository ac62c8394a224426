// The longest step between two faces that absorb, against its formula.
#include "sde/step_between_faces.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/sde/problems.hpp"

namespace fpk::sde {
namespace {

using model::Boundary;
using problems::process;

constexpr double infinity = std::numeric_limits<double>::infinity();
const std::vector<std::string> plane{"x", "y"};

/// 2 L^2 / (s^2 ln 100).
double by_formula(double L, double s2) { return 2 * L * L / (s2 * std::log(100.0)); }

TEST(StepBetweenFaces, IsThatOfConstantNoise) {
  const auto p = process({"x"}, {"1"}, {{"0.7"}});
  EXPECT_NEAR(longest_step_between_faces(p, problems::box({"x"}, -1, 2, Boundary::absorbing), 1, 0.01),
              by_formula(3, 0.49), 1e-12);
}

// Noise that grows upwards and with the time: its largest value is (1 + y)^2 (1 + t) at y = 2, t = 3; the points come within 1 % of it.
TEST(StepBetweenFaces, TakesTheLargestNoiseInTheBox) {
  const auto p = process(plane, {"0", "0"}, {{"1 + y", "0"}, {"0", "0.1"}});
  auto box = problems::box(plane, 0, 2, Boundary::absorbing);
  EXPECT_NEAR(longest_step_between_faces(p, box, 1, 0.01), by_formula(2, 9), 0.01 * by_formula(2, 9));
  const auto heats = process(plane, {"0", "0"}, {{"(1 + y)*sqrt(1 + t)", "0"}, {"0", "0.1"}});
  EXPECT_NEAR(longest_step_between_faces(heats, box, 3, 0.01), by_formula(2, 36), 0.01 * by_formula(2, 36));
}

TEST(StepBetweenFaces, IsNoLimitWhereNoneAreOpposite) {
  const auto p = process(plane, {"0", "0"}, {{"1", "0"}, {"0", "1"}});
  auto box = problems::box(plane, 0, 2);
  EXPECT_EQ(longest_step_between_faces(p, box, 1, 0.01), infinity);
  box.sides[0].lower_boundary = box.sides[1].upper_boundary = Boundary::absorbing;  // of different axes
  EXPECT_EQ(longest_step_between_faces(p, box, 1, 0.01), infinity);
  box.sides[1].lower_boundary = Boundary::absorbing;
  EXPECT_NEAR(longest_step_between_faces(p, box, 1, 0.01), by_formula(2, 1), 1e-12);
  EXPECT_EQ(longest_step_between_faces(process(plane, {"0", "0"}, {{"1", "0"}, {"0", "0"}}), box, 1, 0.01),
            infinity);
}

}  // namespace
}  // namespace fpk::sde
