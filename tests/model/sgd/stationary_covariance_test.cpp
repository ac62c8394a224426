// Where stochastic gradient descent stays on a least-squares loss, against sums over all batches written by hand.
#include "model/sgd/stationary_covariance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::model {
namespace {

const std::vector<double> a{0.5, 1.0, 1.5, -1.0, 2.0, -0.7}, y{0.9, 0.7, 1.9, -1.6, 1.4, 0.2};

/// loss of a row = (a theta - y)^2 / 2 on six points, batches of two.
StochasticGradient line_through_points(double eta, Sampling sampling) {
  auto table = std::make_shared<formula::Table>();
  table->names = {"a", "y"};
  table->columns = {a, y};
  StochasticGradient chain;
  chain.loss.parameters = {"theta"};
  chain.loss.row = formula::parse("(a*theta - y)^2/2", {{"theta", "a", "y"}, {}, {}});
  chain.loss.rows = table;
  chain.learning_rate = eta;
  chain.batch = 2.0;
  chain.largest_batch = 2;
  chain.sampling = sampling;
  return chain;
}

/// E (1 - eta A)^2, E (1 - eta A) B and E B^2 over all batches of two, A and B the means of a^2 and a y.
struct BatchSums {
  double square = 0, cross = 0, shift = 0, A = 0, B = 0;
};
BatchSums over_batches(double eta, bool differ) {
  BatchSums s;
  double count = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < a.size(); ++j) {
      if (differ && i == j) continue;
      const double A = (a[i] * a[i] + a[j] * a[j]) / 2, B = (a[i] * y[i] + a[j] * y[j]) / 2;
      s.square += (1 - eta * A) * (1 - eta * A);
      s.cross += (1 - eta * A) * B;
      s.shift += B * B;
      s.A += A, s.B += B;
      ++count;
    }
  for (double* x : {&s.square, &s.cross, &s.shift, &s.A, &s.B}) *x /= count;
  return s;
}

// m = B/A, and M = E (1 - eta A)^2 M + 2 eta E (1 - eta A) B m + eta^2 E B^2: the noise that grows with the distance is in it.
TEST(StationaryCovariance, OfLeastSquaresIsExactAtItsFiniteStep) {
  for (const auto sampling : {Sampling::with_replacement, Sampling::without_replacement})
    for (const double eta : {0.4, 0.05}) {
      const auto s = over_batches(eta, sampling == Sampling::without_replacement);
      const double mean = s.B / s.A,
                   second = (2 * eta * s.cross * mean + eta * eta * s.shift) / (1 - s.square);
      const auto found = stationary_covariance(line_through_points(eta, sampling), {{0.0}});
      ASSERT_TRUE(found && found->finite_step);
      EXPECT_TRUE(found->finite_step_is_exact);
      EXPECT_NEAR(found->minimum[0], mean, 1e-9);  // Newton's step ends at a slope of 1e-10
      EXPECT_NEAR(found->finite_step->mean[0], mean, 1e-12);
      EXPECT_NEAR(found->finite_step->covariance()(0, 0), second - mean * mean, 1e-12);
    }
}

// Lyapunov's covariance is the limit of short steps, off by a share of order eta: halving eta halves it. A factor 2, or a forgotten c
// or 1 - mu, would leave a share that does not fall.
TEST(StationaryCovariance, TendsToLyapunovsAsTheStepTendsToZero) {
  for (const auto sampling : {Sampling::with_replacement, Sampling::without_replacement})
    for (const double mu : {0.0, 0.8}) {
      std::vector<double> off;
      for (const double eta : {0.004, 0.002}) {
        auto chain = line_through_points(eta, sampling);
        chain.momentum = mu;
        const auto found = stationary_covariance(chain, {{0.0}});
        ASSERT_TRUE(found && found->finite_step);
        off.push_back(found->finite_step->covariance()(0, 0) / found->lyapunov(0, 0) - 1);
      }
      EXPECT_LT(std::abs(off[1]), 0.02) << mu;
      EXPECT_NEAR(off[0] / off[1], 2, 0.1) << mu;  // the next order: 1 + O(eta)
    }
}

TEST(StationaryCovariance, IsThatOfTheInjectedTemperatureWhereABatchIsAllRows) {
  auto chain = line_through_points(0.001, Sampling::without_replacement);
  chain.batch = 6.0;
  chain.largest_batch = 6;
  chain.temperature = 0.3;
  const auto found = stationary_covariance(chain, {{0.0}});
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->lyapunov(0, 0), 0.3 / found->hessian(0, 0), 1e-12);
  EXPECT_NEAR(found->matched_temperature, 0.3, 1e-12);
}

TEST(StationaryCovariance, IsNoneWhereTheStepIsTooLong) {
  const auto found = stationary_covariance(line_through_points(2.5, Sampling::with_replacement), {{0.0}});
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->finite_step);
  EXPECT_GT(found->memory, 1);
}

TEST(StationaryCovariance, IsNotAskedOfAChainWhoseScheduleMoves) {
  auto chain = line_through_points(0.1, Sampling::with_replacement);
  chain.schedule = formula::parse("1/(1 + t)", {{"t"}, {}, {}});
  EXPECT_FALSE(stationary_covariance(chain, {{0.0}}));
}

}  // namespace
}  // namespace fpk::model
