#include "sde/network/descent.hpp"

#include <gtest/gtest.h>

#include <set>

#include "sde/network/batch_rows.hpp"
#include "sde/network/beginnings.hpp"
#include "tests/model/network/least_squares.hpp"
#include "tests/model/network/small_network.hpp"

namespace fpk::sde {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using model::testing::scattered;
using model::testing::small_network;

TEST(DrawRows, AreIndependentUniformRowsOfTheStepAndTheChain) {
  const Stream stream{7, Purpose::batch, 0};
  constexpr std::size_t rows = 5, draws = 20'000;
  std::vector<double> counts(rows, 0);
  std::vector<std::uint32_t> batch(10);
  for (std::uint64_t n = 0; n < draws / 10; ++n) {
    draw_rows(stream, 3, n, rows, batch);
    for (const auto r : batch) counts.at(r) += 1;
  }
  double chi_squared = 0;
  for (const double c : counts) chi_squared += (c - draws / 5.0) * (c - draws / 5.0) / (draws / 5.0);
  EXPECT_LT(chi_squared, 23.5);  // 4 degrees of freedom: exceeded by chance once in 10^4; the seed is fixed
  std::vector<std::uint32_t> again(10), other(10);
  draw_rows(stream, 3, draws / 10 - 1, rows, again);
  draw_rows(stream, 4, draws / 10 - 1, rows, other);
  EXPECT_EQ(batch, again);
  EXPECT_NE(batch, other);
}

TEST(Shuffled, HoldsEachNumberOnceAndNotInOrder) {
  const auto order = shuffled({2, Purpose::held_out_rows, 0}, 2000);
  EXPECT_EQ(std::set(order.begin(), order.end()).size(), 2000U);
  double displaced = 0;
  for (std::size_t i = 0; i < order.size(); ++i) displaced += order[i] != i;
  EXPECT_GT(displaced, 1990);  // one in its place is expected
}

// The mean and the covariance of a step are sums over all batches: with 9 rows and b = 2 there are 81, all alike.
TEST(Descent, AStepHasTheMeanAndTheCovarianceOfItsRandomBatch) {
  const auto net = small_network();
  const VectorXd start = scattered(net.parameters(), 0.9);
  MatrixXd V(net.parameters(), 2);
  V << scattered(net.parameters(), 2.9), scattered(net.parameters(), 5.1);
  const DescentSettings settings{.learning_rate = 0.3, .batch = 2, .temperature = 0.005, .seed = 11};
  const auto exact = model::project(net, start, V);
  const VectorXd mean = -settings.learning_rate * exact.gradient;
  const MatrixXd covariance =
      0.09 / 2 * exact.covariance + 2 * settings.temperature * settings.learning_rate * V.transpose() * V;
  constexpr int chains = 20'000;
  VectorXd sum = VectorXd::Zero(2);
  MatrixXd squares = MatrixXd::Zero(2, 2);
  for (int c = 0; c < chains; ++c) {
    Descent chain(net, settings, static_cast<std::uint64_t>(c), start);
    chain.advance(1);
    const VectorXd moved = V.transpose() * (chain.theta() - start) - mean;
    sum += moved;
    squares += moved * moved.transpose();
  }
  // Four standard errors; that of a covariance of nearly normal numbers is below sqrt(3 C_ii C_jj / n). The seed is fixed.
  for (Index i = 0; i < 2; ++i) {
    EXPECT_NEAR(sum[i] / chains, 0, 4 * std::sqrt(covariance(i, i) / chains));
    for (Index j = 0; j < 2; ++j)
      EXPECT_NEAR(squares(i, j) / chains, covariance(i, j),
                  4 * std::sqrt(3 * covariance(i, i) * covariance(j, j) / chains));
  }
  // The batch's part is most of it, so that a wrong one would not pass: an eighth of it is more than is allowed above.
  EXPECT_GT(0.09 / 2 * exact.covariance(0, 0) / 8, 4 * std::sqrt(3.0 / chains) * covariance(0, 0));
}

TEST(Descent, GoesTheSameWayInOneStretchOrInMany) {
  const auto net = small_network();
  const DescentSettings settings{.learning_rate = 0.1, .batch = 3, .temperature = 0.01, .seed = 5};
  Descent once(net, settings, 8, scattered(net.parameters(), 1)), often = once;
  once.advance(12);
  for (std::uint64_t n = 0; n <= 12; n += 4) often.advance(n);
  EXPECT_EQ(once.theta(), often.theta());
}

// Data in two groups, of which one knows the first two parameters alone, the other the rest: the Hessian is in two blocks for every
// batch, and what happens on the plane of the first two depends on nothing else.
TEST(FrozenDescent, IsTheFreeChainWhereTheLossIsQuadraticAndInTwoBlocks) {
  MatrixXd x = MatrixXd::Zero(5, 12);
  x.topLeftCorner(2, 6) = Eigen::Map<const MatrixXd>(scattered(12, 0.3).data(), 2, 6);
  x.bottomRightCorner(3, 6) = Eigen::Map<const MatrixXd>(scattered(18, 1.3).data(), 3, 6);
  const model::testing::LeastSquares loss(x, scattered(12, 4), 0.1);
  const Plane plane{scattered(5, 0.5), MatrixXd::Identity(5, 2)};
  const DescentSettings settings{.learning_rate = 0.2, .batch = 2, .temperature = 0.01, .seed = 3};
  Descent free(loss, settings, 1, plane.origin);
  FrozenDescent frozen(loss, settings, 1, plane);
  free.advance(50);
  frozen.advance(50);
  EXPECT_GT(frozen.z().norm(), 0.1);
  EXPECT_LT((plane.coordinates(free.theta()) - frozen.z()).norm(), 1e-13);  // rounding of 50 steps
}

TEST(FrozenDescent, DepartsFromTheFreeChainWhereTheBlocksAreCoupled) {
  const model::testing::LeastSquares loss(Eigen::Map<const MatrixXd>(scattered(60, 0.3).data(), 5, 12),
                                          scattered(12, 4), 0.1);
  const Plane plane{scattered(5, 0.5), MatrixXd::Identity(5, 2)};
  const DescentSettings settings{.learning_rate = 0.2, .batch = 2, .seed = 3};
  Descent free(loss, settings, 1, plane.origin);
  FrozenDescent frozen(loss, settings, 1, plane);
  free.advance(1);
  frozen.advance(1);
  EXPECT_LT((plane.coordinates(free.theta()) - frozen.z()).norm(), 1e-14);  // the first step is the same
  free.advance(50);
  frozen.advance(50);
  EXPECT_GT((plane.coordinates(free.theta()) - frozen.z()).norm(), 0.05);
}

TEST(RandomWeights, HaveTheVarianceOfOneOverTheInputs) {
  const model::TwoLayerNetwork net(model::testing::small_rows(), 2000, 0);
  const VectorXd theta = random_weights(net, 0, 1);
  // Relative standard error of a variance from n numbers: sqrt(2/n); four of them.
  EXPECT_NEAR(theta.head(6000).squaredNorm() / 6000, 1.0 / 3, 4 * std::sqrt(2.0 / 6000) / 3);
  EXPECT_EQ(theta.segment(6000, 2000).norm(), 0);
  EXPECT_NEAR(theta.segment(8000, 6000).squaredNorm() / 6000, 1.0 / 2000, 4 * std::sqrt(2.0 / 6000) / 2000);
  EXPECT_EQ(theta.tail(3).norm(), 0);
  EXPECT_NE(theta, random_weights(net, 1, 1));
}

TEST(Split, KeepsEveryRowOnce) {
  const auto data = model::testing::small_rows(50);
  const auto parts = split(data, 20, 4);
  EXPECT_EQ(parts.held_out.rows(), 20U);
  EXPECT_EQ(parts.training.rows(), 30U);
  EXPECT_NEAR(parts.held_out.features.sum() + parts.training.features.sum(), data.features.sum(), 1e-12);
  EXPECT_EQ(parts.training.classes, 3U);
}

}  // namespace
}  // namespace fpk::sde
