// Backward iteration of one-step maps written out here, against closed forms at the given step.
#include "verification/operator/operator_iteration.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "law/gauss.hpp"
#include "verification/operator/limit_of_ladder.hpp"

namespace {

using namespace fpk;
using verification::Extent;
using verification::OperatorIteration;
using verification::Reach;
using verification::SteppedMap;
using verification::Value;

/// x -> psi(x, t, dt, xi), xi normal.
using Psi = std::function<double(double x, double t, double dt, double xi)>;

SteppedMap map_of(const Psi& psi, bool depends_on_time = false) {
  return {[psi](double t, double dt, std::size_t nodes) {
            const auto rule = law::gauss_hermite(nodes);
            return [=](std::span<const law::Point> from, const Reach& reach) {
              for (std::size_t i = 0; i < from.size(); ++i)
                for (const auto& [xi, weight] : rule) reach(i, {psi(from[i][0], t, dt, xi)}, weight);
            };
          },
          {},
          depends_on_time};
}

std::vector<double> squares(std::span<const law::Point> points) {
  std::vector<double> values;
  for (const auto& x : points) values.push_back(x[0] * x[0]);
  return values;
}

// Euler's step of dX = -k X dt + s dW.
constexpr double k = 1.5, s = 0.9;
double euler(double x, double /*t*/, double dt, double xi) { return x - k * x * dt + s * std::sqrt(dt) * xi; }
const std::vector<law::WeightedPoint> start{{{1.3}, 1}};
const Extent line{1, {-40}, {40}};

TEST(OperatorIteration, GivesTheMomentsOfEulersStepAtThatStep) {
  const double end = 2;
  for (std::int64_t n : {4, 20, 160}) {
    const double dt = end / static_cast<double>(n), r = 1 - k * dt;
    const double contraction = std::pow(r * r, static_cast<double>(n));
    const double exact = contraction * 1.3 * 1.3 + s * s * dt * (1 - contraction) / (1 - r * r);
    const OperatorIteration iteration(map_of(euler), squares, start, line, end, 4, false);
    const Value found = iteration.expectation(n);
    EXPECT_NEAR(found.value, exact, 1e-11);  // ten digits
    EXPECT_LT(std::abs(found.value - exact),
              found.error + 1e-12);  // and says so: round-off of n steps beside
    EXPECT_LT(found.error, 1e-10);
    EXPECT_LT(iteration.cut_off(), 1e-12);
    EXPECT_GT(iteration.extent().lower[0], -40);  // the box is where the paths are, not all there is
  }
}

TEST(OperatorIteration, GivesTheInvariantLawOfEulersStep) {
  const OperatorIteration iteration(map_of(euler), squares, start, line, 2, 5, true);
  for (const double dt : {0.4, 0.1, 0.01})  // variance D / (k (1 - k dt / 2)), D = s^2 / 2
    EXPECT_NEAR(iteration.invariant(dt).value, 0.5 * s * s / (k * (1 - 0.5 * k * dt)), 1e-11);
}

TEST(OperatorIteration, FollowsCoefficientsThatMove) {
  // x' = x + t dt: the sum of the times of ten steps of 0.1 is 0.45.
  const Psi moving = [](double x, double t, double dt, double xi) {
    return x + t * dt + 0.1 * std::sqrt(dt) * xi;
  };
  const OperatorIteration iteration(map_of(moving, true), squares, start, line, 1, 10, false);
  EXPECT_NEAR(iteration.expectation(10).value, std::pow(1.3 + 0.45, 2) + 0.01, 1e-11);
}

TEST(OperatorIteration, StartsFromWhatIsObserved) {
  auto map = map_of(euler);
  map.observe =
      map_of([](double x, double, double dt, double xi) { return x + 0.5 * std::sqrt(dt) * xi; }).step;
  const OperatorIteration plain(map_of(euler), squares, start, line, 1, 4, true),
      observed(map, squares, start, line, 1, 4, true);
  EXPECT_NEAR(observed.expectation(8).value - plain.expectation(8).value, 0.25 / 8, 1e-11);
  EXPECT_NEAR(observed.invariant(0.2).value - plain.invariant(0.2).value, 0.25 * 0.2, 1e-11);
}

TEST(OperatorIteration, SaysWhatItsBoxCutsOff) {
  const Extent narrow{1, {-1.5}, {1.5}};  // standard deviation 0.52: three of them
  const OperatorIteration iteration(map_of(euler), squares, start, narrow, 2, 20, true);
  EXPECT_GT(iteration.cut_off(), 1e-4);
  const double exact = 0.5 * s * s / (k * (1 - 0.5 * k * 0.1));
  const auto found = iteration.invariant(0.1);
  EXPECT_GT(std::abs(found.value - exact), 1e-4);               // wrong,
  EXPECT_GT(found.error, 0.1 * std::abs(found.value - exact));  // and does not hide it
}

TEST(OperatorIteration, KeepsTwoVariablesApart) {
  // An Euler step of dX = -X dt + dW1, dY = (X - 2 Y) dt + 0.5 dW2; E X Y by its recursion.
  const SteppedMap map{[](double, double dt, std::size_t nodes) {
                         const auto rule = law::gauss_hermite(nodes);
                         return [=](std::span<const law::Point> from, const Reach& reach) {
                           for (std::size_t i = 0; i < from.size(); ++i)
                             for (const auto& [xi, w] : rule)
                               for (const auto& [eta, v] : rule) {
                                 const auto [x, y, z] = from[i];
                                 reach(i,
                                       {x - x * dt + 0.7 * std::sqrt(dt) * xi,
                                        y + (x - 2 * y) * dt + 0.5 * std::sqrt(dt) * eta},
                                       w * v);
                               }
                         };
                       },
                       {},
                       false};
  const auto product = [](std::span<const law::Point> points) {
    std::vector<double> values;
    for (const auto& x : points) values.push_back(x[0] * x[1]);
    return values;
  };
  double xx = 0.25, xy = -0.15;  // from the point (0.5, -0.3)
  const double dt = 0.1;
  for (int n = 0; n < 10; ++n) {
    xy = (1 - dt) * (dt * xx + (1 - 2 * dt) * xy);
    xx = (1 - dt) * (1 - dt) * xx + 0.49 * dt;
  }
  const OperatorIteration iteration(map, product, {{{0.5, -0.3}, 1}}, {2, {-20, -20}, {20, 20}}, 1, 10,
                                    false);
  EXPECT_NEAR(iteration.expectation(10).value, xy, 1e-10);
}

TEST(LimitOfLadder, IsExactForAPolynomialInTheStep) {
  const auto v = [](double dt) { return 3 - dt + 4 * dt * dt; };
  std::vector<verification::StepValue> ladder;
  for (const double dt : {0.4, 0.2, 0.1, 0.05}) ladder.push_back({dt, {v(dt), 0}});
  const Value limit = verification::limit_of_ladder(ladder);
  EXPECT_NEAR(limit.value, 3, 1e-14);
  EXPECT_LT(limit.error, 1e-13);
}

TEST(LimitOfLadder, BoundsItsErrorForASmoothFunctionOfTheStep) {
  std::vector<verification::StepValue> ladder;
  for (const double dt : {0.4, 0.2, 0.1, 0.05}) ladder.push_back({dt, {std::exp(dt), 1e-9}});
  const Value limit = verification::limit_of_ladder(ladder);
  EXPECT_LT(std::abs(limit.value - 1), limit.error);
  EXPECT_GE(limit.error, 1e-9);                 // no better than what went in
  EXPECT_LT(limit.error, 0.4 * 0.2 * 0.1 / 2);  // what the last step changes: e^s (product of the others) / 6
}

}  // namespace
