// A loss on data: its mean, its slope and the covariance of the rows' slopes, against sums over the rows written out.
#include "model/sgd/row_loss.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Dense>
#include <cmath>

#include "formula/program.hpp"

namespace {

using namespace fpk;
using formula::Formula;

model::RowLoss loss_on(std::vector<double> a, std::vector<double> y) {
  return {{"p", "q"},
          formula::parse("log(1 + exp(-y*(a*p + q))) + (a*q - y)^2/2", {{"p", "q", "a", "y"}, {}, {}}),
          std::make_shared<const formula::Table>(formula::Table{{"a", "y"}, {std::move(a), std::move(y)}}),
          formula::parse("0.1*p^2", {{"p", "q"}, {}, {}})};
}

/// By hand.
Eigen::Vector2d row_slope(double p, double q, double a, double y) {
  const double s = -y / (1 + std::exp(y * (a * p + q)));
  return {s * a, s + (a * q - y) * a};
}

Eigen::Matrix2d covariance_at(const model::RowLoss& loss, double p, double q) {
  const auto Sigma = model::gradient_covariance(loss);
  const formula::Program program(std::vector<Formula>{Sigma[0][0], Sigma[0][1], Sigma[1][0], Sigma[1][1]},
                                 loss.parameters);
  const auto v = program(std::vector<double>{p, q});
  return Eigen::Matrix2d{{v[0], v[1]}, {v[2], v[3]}};
}

RC_GTEST_PROP(RowLoss, HasTheSlopeAndTheCovarianceOfItsRows, ()) {
  const auto number = [] { return 1e-3 * *rc::gen::inRange(-2000, 2000); };
  const auto N = *rc::gen::inRange<std::size_t>(1, 9);
  std::vector<double> a(N), y(N);
  for (std::size_t k = 0; k < N; ++k) a[k] = number(), y[k] = number();
  const double p = number(), q = number();

  Eigen::Vector2d mean = Eigen::Vector2d::Zero();
  Eigen::Matrix2d covariance = Eigen::Matrix2d::Zero();
  for (std::size_t k = 0; k < N; ++k) mean += row_slope(p, q, a[k], y[k]) / static_cast<double>(N);
  for (std::size_t k = 0; k < N; ++k) {
    const Eigen::Vector2d d = row_slope(p, q, a[k], y[k]) - mean;
    covariance += d * d.transpose() / static_cast<double>(N);
  }
  const auto loss = loss_on(a, y);
  const auto slope = formula::Program(loss.gradient(), loss.parameters)(std::vector<double>{p, q});
  // Slopes are at most 12 in size and their squares 150: sums of ten of them, rounded.
  RC_ASSERT(std::abs(slope[0] - (mean[0] + 0.2 * p)) < 1e-13);
  RC_ASSERT(std::abs(slope[1] - mean[1]) < 1e-13);
  RC_ASSERT((covariance_at(loss, p, q) - covariance).cwiseAbs().maxCoeff() < 1e-12);
}

TEST(RowLoss, HasNoCovarianceBeyondTheSquareOfRoundOffWhereAllRowsAgree) {
  const auto Sigma = covariance_at(loss_on({0.3, 0.3, 0.3}, {0.7, 0.7, 0.7}), 1.1, -0.4);
  EXPECT_LT(Sigma.cwiseAbs().maxCoeff(), 1e-31);
}

}  // namespace
