// The reduction to a plane where it must be exact, where it must not be, and what the claims make of planted errors.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/network/parts.hpp"
#include "tests/model/network/least_squares.hpp"
#include "tests/model/network/small_network.hpp"

namespace fpk::app {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using model::testing::LeastSquares;
using model::testing::scattered;

io::ReductionSettings small_settings() {
  io::ReductionSettings s;
  s.learning_rate = 0.05;
  s.batch = 2;
  s.steps = 40;
  s.observe = 2;
  s.replicas = 400;
  s.half_width = 7;
  s.degree = 4;
  s.cells = 64;
  return s;
}

/// Rows in two groups: the first knows parameters 0 and 1 alone, the second the three others, on a smaller scale. So the Hessian of
/// every batch is in two blocks, and the two leading directions span the first.
LeastSquares two_blocks(double coupling) {
  MatrixXd x = MatrixXd::Zero(5, 24);
  x.topLeftCorner(2, 12) = 2 * Eigen::Map<const MatrixXd>(scattered(24, 0.3).data(), 2, 12);
  x.bottomRightCorner(3, 12) = 0.5 * Eigen::Map<const MatrixXd>(scattered(36, 1.3).data(), 3, 12);
  x.topRightCorner(2, 12).array() += coupling;
  return {x, scattered(24, 4), 0.2};
}

io::ReductionRecord reduced(const model::SampledLoss& loss, const io::ReductionSettings& settings,
                            std::size_t modes) {
  // Near the minimum, not at it: the drift of the mean shows, and the plane's cells stay small beside the law.
  VectorXd theta = scattered(loss.parameters(), 0.5) / 20, g;
  for (int n = 0; n < 60; ++n) {
    model::mean_gradient(loss, theta, g);
    theta -= 0.05 * g;
  }
  io::HessianRecord hessian;
  const auto leading = leading_directions(loss, theta, modes, hessian);
  io::ReductionRecord record;
  reduce(loss, settings, 3, theta, leading, 1, parallel::Communicator::self(), io::Progress::Style::quiet,
         record);
  return record;
}

TEST(Reduction, IsExactForAQuadraticLossInTwoBlocks) {
  const auto r = reduced(two_blocks(0), small_settings(), 4);
  EXPECT_LT(r.gradient_error, 1e-11);
  EXPECT_LT(r.covariance_error, 1e-11);  // quadratic in the place
  for (const auto& t : r.times) {
    for (std::size_t k = 0; k < 5; ++k) {
      EXPECT_NEAR(t.difference[k], 0, 1e-12);         // rounding of 40 steps
      EXPECT_NEAR(t.relaxed[k], t.density[k], 1e-6);  // no force; the tolerance in time
      EXPECT_GT(t.frozen_error[k], 0);
    }
    // The mean is that of the linear equation, whatever the noise: the grid's error is of second order in 1/64.
    for (std::size_t k = 0; k < 2; ++k) EXPECT_NEAR(t.density[k], t.linear[k], 0.01 * r.deviation[k]);
    EXPECT_GT(t.rest, 0.01);  // while the rest does move
  }
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_NEAR(r.force.mean[k], 0, 1e-12);
    EXPECT_NEAR(r.force.predicted[k], 0, 1e-8);
    EXPECT_GT(r.force.frozen_deviation[k], 0.01);
  }
}

TEST(Reduction, IsFoundWrongWhereTheBlocksAreCoupled) {
  auto settings = small_settings();
  // Directions that are no eigenvectors: those of the uncoupled loss.
  const auto loss = two_blocks(0.6);
  const VectorXd theta = scattered(5, 0.5) / 20;
  io::HessianRecord hessian;
  const auto leading = leading_directions(two_blocks(0), theta, 4, hessian);
  io::ReductionRecord r;
  reduce(loss, settings, 3, theta, leading, 1, parallel::Communicator::self(), io::Progress::Style::quiet, r);
  double worst = 0;
  for (std::size_t k = 0; k < 5; ++k)
    worst = std::max(worst, std::abs(r.times.back().difference[k]) / r.times.back().difference_error[k]);
  EXPECT_GT(worst, 5);
}

io::NetworkRecord with(const io::ReductionRecord& r) {
  io::NetworkRecord n;
  n.reduction = r;
  return n;
}

bool frozen_chain_holds(const io::NetworkRecord& n) {
  const auto claims = network_claims(n);
  return std::ranges::find(claims, "frozen-chain-obeys-its-equation", &verification::Claim::name)->holds();
}

TEST(Reduction, ClaimsOfTheFrozenChainHoldAndFailWhereTheNoiseOfTheEquationIsWrong) {
  const auto loss = two_blocks(0);
  const auto right = reduced(loss, small_settings(), 4);
  EXPECT_TRUE(frozen_chain_holds(with(right)));
  // Planted: the noise of one row in place of two, as where 1/b is forgotten.
  auto settings = small_settings();
  settings.batch = 1;
  const auto wrong = reduced(loss, settings, 4);
  auto mixed = right;
  for (std::size_t k = 0; k < mixed.times.size(); ++k) mixed.times[k].density = wrong.times[k].density;
  EXPECT_FALSE(frozen_chain_holds(with(mixed)));
}

// A network at its minimum: fluctuations of the other parameters push along the plane as third derivatives say.
TEST(Reduction, PredictsTheMeanForceOfARestThatFluctuates) {
  const model::TwoLayerNetwork net(model::testing::small_rows(60), 4, 0.005);
  VectorXd theta = scattered(net.parameters(), 0.5), g;
  for (int n = 0; n < 6000; ++n) {
    model::mean_gradient(net, theta, g);
    theta -= 0.3 * g;
  }
  io::HessianRecord hessian;
  const auto leading = leading_directions(net, theta, 29, hessian);
  auto settings = small_settings();
  settings.learning_rate = 0.02;
  settings.batch = 4;
  settings.degree = 8;
  settings.half_width = 5;
  io::ReductionRecord r;
  reduce(net, settings, 3, theta, leading, 1, parallel::Communicator::self(), io::Progress::Style::quiet, r);
  EXPECT_LT(r.gradient_error, 0.01);
  double largest = 0;
  for (std::size_t k = 0; k < 2; ++k) {
    // Chance, and half of the force for what is of higher order.
    EXPECT_NEAR(r.force.mean[k], r.force.predicted[k],
                4.5 * r.force.mean_error[k] + 0.5 * std::abs(r.force.predicted[k]));
    largest = std::max(largest, std::abs(r.force.predicted[k]) / r.force.mean_error[k]);
  }
  EXPECT_GT(largest, 2);  // there is something to predict
}

}  // namespace
}  // namespace fpk::app
