#include "model/network/linear_modes.hpp"

#include <gtest/gtest.h>

#include "tests/model/network/least_squares.hpp"
#include "tests/model/network/small_network.hpp"

namespace fpk::model {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using testing::scattered;

LinearModes example() {
  LinearModes modes;
  modes.lambda = Eigen::Vector3d(2, 0.5, -0.2);
  modes.g = Eigen::Vector3d(0.3, -0.1, 0.05);
  modes.Q.resize(3, 3);
  modes.Q << 1, 0.3, -0.2, 0.3, 0.8, 0.1, -0.2, 0.1, 0.5;
  return modes;
}

TEST(LinearModes, MomentsObeyTheirEquationsAndStartFromAPoint) {
  const auto modes = example();
  const double t = 0.7, h = 1e-5;
  const VectorXd slope = (modes.mean(t + h) - modes.mean(t - h)) / (2 * h);
  const MatrixXd growth = (modes.covariance(t + h) - modes.covariance(t - h)) / (2 * h);
  const MatrixXd L = modes.lambda.asDiagonal(), C = modes.covariance(t);
  EXPECT_LT((slope + modes.g + L * modes.mean(t)).norm(), 1e-9);
  EXPECT_LT((growth + L * C + C * L - modes.Q).norm(), 1e-9);
  EXPECT_EQ(modes.mean(0).norm() + modes.covariance(0).norm(), 0);
}

TEST(LinearModes, MomentsOfTheChainAreThoseOfItsSteps) {
  const auto modes = example();
  const double eta = 0.3;
  VectorXd m = VectorXd::Zero(3);
  MatrixXd C = MatrixXd::Zero(3, 3);
  const MatrixXd A = MatrixXd::Identity(3, 3) - eta * MatrixXd(modes.lambda.asDiagonal());
  for (int n = 0; n < 9; ++n) {
    m = A * m - eta * modes.g;
    C = A * C * A + eta * modes.Q;
  }
  EXPECT_LT((modes.chain_mean(eta, 9) - m).norm(), 1e-14);
  EXPECT_LT((modes.chain_covariance(eta, 9) - C).norm(), 1e-14);
}

TEST(ThirdDerivatives, AreThoseOfDifferencesOfTheGradient) {
  const auto net = testing::small_network();
  const VectorXd theta = scattered(net.parameters(), 0.8);
  MatrixXd V(net.parameters(), 3);
  V << scattered(net.parameters(), 0.1), scattered(net.parameters(), 1.9), scattered(net.parameters(), 3.3);
  const auto T = third_derivatives(net, theta, V, 2);
  // v_0 . grad along v_1 twice: the second difference of a gradient, whose rounding is 1e-15/h^2.
  const double h = 1e-3;
  VectorXd up, down, here;
  mean_gradient(net, theta + h * V.col(1), up);
  mean_gradient(net, theta - h * V.col(1), down);
  mean_gradient(net, theta, here);
  EXPECT_NEAR(T[0](1, 1), V.col(0).dot(up + down - 2 * here) / (h * h), 1e-3 * std::abs(T[0](1, 1)) + 1e-4);
  EXPECT_NEAR(T[0](1, 2), T[1](0, 2), 1e-4);  // derivatives commute, but for the differences' error
  EXPECT_GT(std::abs(T[0](1, 2)), 1e-3);
}

// With T the third derivatives, the gradient along v_i is changed by T_iab x_a x_b/2 at second order: its mean over a Gaussian x.
TEST(MeanForce, LeavesOutWhatThePlaneKnowsItself) {
  const auto modes = example();
  std::vector<MatrixXd> T(2, MatrixXd::Zero(3, 3));
  T[0](0, 1) = T[0](1, 0) = 7;  // of the plane alone
  EXPECT_EQ(mean_force(modes, T, 1)[0], 0);
  T[0](2, 2) = 3;
  T[1](0, 2) = T[1](2, 0) = 5;
  const MatrixXd moments = modes.covariance(1) + modes.mean(1) * modes.mean(1).transpose();
  const VectorXd f = mean_force(modes, T, 1);
  EXPECT_NEAR(f[0], 1.5 * moments(2, 2), 1e-15);
  EXPECT_NEAR(f[1], 5 * moments(0, 2), 1e-15);
}

}  // namespace
}  // namespace fpk::model
