#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "parallel/threads.hpp"
#include "tests/model/network/small_network.hpp"

namespace fpk::model {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using testing::scattered;
using testing::small_network;

std::vector<std::uint32_t> all_rows(const SampledLoss& loss) {
  std::vector<std::uint32_t> rows(loss.rows());
  std::iota(rows.begin(), rows.end(), 0U);
  return rows;
}

/// Of a central difference of step 1e-5: its own error of order 1e-10 and the rounding of the loss, 1e-16/1e-5.
constexpr double step = 1e-5, difference_error = 1e-9;

TEST(TwoLayerNetwork, CrossEntropyIsMinusTheLogProbabilityOfTheLabel) {
  // Without weights the classes are alike but for the biases of the last layer.
  const auto net = small_network();
  VectorXd theta = VectorXd::Zero(net.parameters());
  theta.tail(3) << 0.3, -0.2, 1.1;
  const std::vector<std::uint32_t> row{4};
  const double normaliser = std::exp(0.3) + std::exp(-0.2) + std::exp(1.1);
  const double z = theta.tail(3)[net.data().labels[4]];
  EXPECT_NEAR(net.value(theta, row), std::log(normaliser) - z + 0.025 * theta.squaredNorm(), 1e-14);
}

TEST(TwoLayerNetwork, TheGradientIsThatOfDifferencesOfTheLoss) {
  const auto net = small_network();
  const VectorXd theta = scattered(net.parameters(), 0.4);
  const std::vector<std::uint32_t> batch{2, 7, 2, 5};  // with a repeat
  VectorXd g;
  EXPECT_DOUBLE_EQ(net.gradient(theta, batch, g), net.value(theta, batch));
  for (Index i = 0; i < theta.size(); ++i) {
    VectorXd up = theta, down = theta;
    up[i] += step;
    down[i] -= step;
    EXPECT_NEAR(g[i], (net.value(up, batch) - net.value(down, batch)) / (2 * step), difference_error) << i;
  }
}

TEST(TwoLayerNetwork, TheGradientOfABatchIsTheMeanOfThoseOfItsRows) {
  const auto net = small_network();
  const VectorXd theta = scattered(net.parameters(), 1.4);
  const std::vector<std::uint32_t> batch{0, 3, 8, 3};
  VectorXd g, own, mean = VectorXd::Zero(net.parameters());
  net.gradient(theta, batch, g);
  for (const std::uint32_t r : batch) {
    net.gradient(theta, std::vector{r}, own);
    mean += own / 4;
  }
  EXPECT_LT((g - mean).lpNorm<Eigen::Infinity>(), 1e-14);  // rounding of numbers of order 1
}

RC_GTEST_PROP(TwoLayerNetwork, TheHessianIsSymmetricAndThatOfDifferencesOfTheGradient, ()) {
  const auto net = small_network();
  const double phase = 0.01 * *rc::gen::inRange(0, 600);
  const VectorXd theta = scattered(net.parameters(), phase), v = scattered(net.parameters(), phase + 2),
                 w = scattered(net.parameters(), phase + 4);
  const auto rows = all_rows(net);
  VectorXd Hv, Hw, up, down;
  net.hessian_product(theta, v, rows, Hv);
  net.hessian_product(theta, w, rows, Hw);
  RC_ASSERT(std::abs(w.dot(Hv) - v.dot(Hw)) < 1e-12);  // rounding of 31 terms of order 1
  net.gradient(theta + step * v, rows, up);
  net.gradient(theta - step * v, rows, down);
  // The third derivative along v, which is 3.6 long, stands in the difference's own error.
  RC_ASSERT((Hv - (up - down) / (2 * step)).lpNorm<Eigen::Infinity>() < 50 * difference_error);
}

TEST(TwoLayerNetwork, SlopesAreTheGradientsOfRowsAlongDirections) {
  const auto net = small_network();
  const VectorXd theta = scattered(net.parameters(), 2.2);
  MatrixXd directions(net.parameters(), 2);
  directions << scattered(net.parameters(), 0.1), scattered(net.parameters(), 5.3);
  const MatrixXd s = all_slopes(net, theta, directions);
  ASSERT_EQ(s.cols(), 9);
  VectorXd g;
  for (Index r = 0; r < 9; ++r) {
    net.gradient(theta, std::vector{static_cast<std::uint32_t>(r)}, g);
    const VectorXd of_row = directions.transpose() * (g - net.regulariser_gradient(theta));
    EXPECT_LT((s.col(r) - of_row).lpNorm<Eigen::Infinity>(), 1e-13) << r;
  }
}

// 300 rows are three pieces, of which the last is shorter.
TEST(SampledLoss, MeansOverAllRowsAreThoseOfOneBatchOfAllForAnyNumberOfThreads) {
  const auto net = small_network(300);
  const VectorXd theta = scattered(net.parameters(), 0.7), v = scattered(net.parameters(), 3.1);
  const auto rows = all_rows(net);
  VectorXd g, whole, product;
  const double value = net.gradient(theta, rows, whole);
  net.hessian_product(theta, v, rows, product);
  EXPECT_NEAR(mean_gradient(net, theta, g), value, 1e-13);
  EXPECT_NEAR(mean_value(net, theta), value, 1e-13);
  EXPECT_LT((g - whole).lpNorm<Eigen::Infinity>(), 1e-13);
  EXPECT_LT((mean_hessian_product(net, theta, v) - product).lpNorm<Eigen::Infinity>(), 1e-13);
  VectorXd g1, g3;
  parallel::use_threads(1);
  mean_gradient(net, theta, g1);
  parallel::use_threads(3);
  mean_gradient(net, theta, g3);
  parallel::use_threads(0);
  EXPECT_EQ(g1, g3);
}

TEST(SampledLoss, ProjectionGivesLossGradientAndCovarianceOfTheRowsGradients) {
  const auto net = small_network(300);
  const VectorXd theta = scattered(net.parameters(), 1.7);
  MatrixXd V(net.parameters(), 2);
  V << scattered(net.parameters(), 0.3), scattered(net.parameters(), 4.4);
  const auto p = project(net, theta, V);
  MatrixXd gradients(net.parameters(), 300);
  VectorXd g;
  for (std::uint32_t r = 0; r < 300; ++r) {
    net.gradient(theta, std::vector{r}, g);
    gradients.col(r) = g;
  }
  const VectorXd mean = gradients.rowwise().mean();
  const MatrixXd centred = V.transpose() * (gradients.colwise() - mean);
  EXPECT_NEAR(p.value, mean_value(net, theta), 1e-13);
  EXPECT_LT((p.gradient - V.transpose() * mean).norm(), 1e-12);
  EXPECT_LT((p.covariance - centred * centred.transpose() / 300).norm(), 1e-12);
}

TEST(TwoLayerNetwork, PerformanceCountsTheRowsWhoseClassIsTheMostProbable) {
  const auto net = small_network();
  VectorXd theta = VectorXd::Zero(net.parameters());
  theta.tail(3) << 0, 0, 3;  // class 2 whatever the row
  const auto& labels = net.data().labels;
  const auto p = net.performance(theta, net.data());
  EXPECT_DOUBLE_EQ(p.accuracy, static_cast<double>(std::count(labels.begin(), labels.end(), 2U)) / 9);
  EXPECT_NEAR(p.cross_entropy + net.regulariser(theta), mean_value(net, theta), 1e-14);
}

}  // namespace
}  // namespace fpk::model
