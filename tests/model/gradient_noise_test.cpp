// The noise of stochastic gradients at a place, against sums by hand.
#include "model/sgd/gradient_noise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace fpk::model {
namespace {

/// Rows (a, y), loss (a u - y)^2 / 2 + v y, regulariser u^2 v.
RowLoss small_loss() {
  auto table = std::make_shared<formula::Table>();
  table->names = {"a", "y"};
  table->columns = {{1, 2, -1}, {0.5, 1, 4}};
  formula::Scope scope;
  scope.variables = {"u", "v", "a", "y"};
  return {{"u", "v"}, formula::parse("(a*u - y)^2/2 + v*y", scope), table, formula::parse("u^2*v", scope)};
}

TEST(GradientNoise, IsWhatSumsOverTheRowsGive) {
  const std::vector<double> at{0.7, -0.3};
  const auto noise = GradientNoiseProgram(small_loss())(at);
  Eigen::MatrixXd g(3, 2);
  const double u = at[0], v = at[1];
  const std::vector<double> a{1, 2, -1}, y{0.5, 1, 4};
  double L = u * u * v;
  for (int k = 0; k < 3; ++k) {
    g.row(k) << a[k] * (a[k] * u - y[k]) + 2 * u * v, y[k] + u * u;
    L += ((a[k] * u - y[k]) * (a[k] * u - y[k]) / 2 + v * y[k]) / 3;
  }
  EXPECT_LT((noise.rows - g).cwiseAbs().maxCoeff(), 1e-14);
  EXPECT_NEAR(noise.loss, L, 1e-14);
  const Eigen::RowVectorXd mean = g.colwise().mean();
  EXPECT_LT((noise.gradient.transpose() - mean).norm(), 1e-14);
  EXPECT_LT((noise.covariance - (g.rowwise() - mean).transpose() * (g.rowwise() - mean) / 3).norm(), 1e-14);
  Eigen::Matrix2d H;
  H << 2 + 2 * v, 2 * u, 2 * u, 0;  // mean of a^2 = 2
  EXPECT_LT((noise.hessian - H).norm(), 1e-14);
}

TEST(NoiseShape, OfAMultipleOfTheHessianIsAligned) {
  Eigen::Matrix2d H;
  H << 3, 0.5, 0.5, 1;
  const auto s = noise_shape(2.5 * H, H);
  EXPECT_NEAR(s.trace, 10, 1e-14);
  EXPECT_EQ(s.rank, 2U);
  EXPECT_NEAR(s.alignment, 1, 1e-15);
  EXPECT_NEAR(s.proportionality, 2.5, 1e-14);
  EXPECT_NEAR(s.leading_angle, 0, 1e-7);    // an arc cosine near 1
  const double root = std::sqrt(1 + 0.25);  // eigenvalues 2 +- sqrt(1 + 1/4)
  EXPECT_NEAR(s.condition, (2 + root) / (2 - root), 1e-12);
}

TEST(NoiseShape, OfNoiseAcrossTheCurvatureIsNot) {
  const Eigen::Matrix2d H = Eigen::Vector2d(4, 0).asDiagonal(), Sigma = Eigen::Vector2d(0, 3).asDiagonal();
  const auto s = noise_shape(Sigma, H);
  EXPECT_EQ(s.rank, 1U);
  EXPECT_TRUE(std::isinf(s.condition));
  EXPECT_EQ(s.alignment, 0);
  EXPECT_NEAR(s.leading_angle, std::numbers::pi / 2, 1e-15);
}

TEST(NoiseShape, OfNoNoiseHasNoCondition) {
  const auto s = noise_shape(Eigen::Matrix2d::Zero(), Eigen::Matrix2d::Identity());
  EXPECT_EQ(s.rank, 0U);
  EXPECT_TRUE(std::isnan(s.condition));
}

}  // namespace
}  // namespace fpk::model
