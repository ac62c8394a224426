// Draws against a known mean and covariance.
#include "verification/covariance_agreement.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace fpk::verification {
namespace {

/// n points of covariance A A^T about m.
Eigen::MatrixXd points(const Eigen::MatrixXd& A, const Eigen::VectorXd& m, Eigen::Index n, unsigned seed) {
  std::mt19937_64 bits(seed);
  std::normal_distribution<double> law;
  Eigen::MatrixXd z(n, A.cols());
  for (double& v : z.reshaped()) v = law(bits);
  return (z * A.transpose()).rowwise() + m.transpose();
}

double largest(const std::vector<double>& z) { return *std::ranges::max_element(z); }

const Eigen::Matrix2d A = (Eigen::Matrix2d() << 2, 0, -0.7, 0.3).finished();
const Eigen::Vector2d m(0.4, -1.5);
constexpr double far = 4.5;  ///< 7e-6 of normal numbers are beyond

TEST(CovarianceAgreement, HoldsForTheRightMeanAndCovariance) {
  const auto a = covariance_agreement(points(A, m, 20'000, 1), m, A * A.transpose(), 1);
  EXPECT_EQ(a.mean_z.size(), 2U);
  EXPECT_EQ(a.covariance_z.size(), 3U);
  EXPECT_LT(largest(a.mean_z), far);
  EXPECT_LT(largest(a.covariance_z), far);
  EXPECT_NEAR(a.trace, a.expected_trace, far * a.trace_error);
  EXPECT_NEAR(a.expected_trace, 4 + 0.49 + 0.09, 1e-14);
}

TEST(CovarianceAgreement, FindsAWrongFactorMeanAndCorrelation) {
  const auto x = points(A, m, 20'000, 2);
  const Eigen::Matrix2d Sigma = A * A.transpose();
  EXPECT_GT(largest(covariance_agreement(x, m, Sigma, 1.1).covariance_z), far);
  EXPECT_GT(largest(covariance_agreement(x, m + Eigen::Vector2d(0, 0.03), Sigma, 1).mean_z), far);
  Eigen::Matrix2d turned = Sigma;
  turned(0, 1) = turned(1, 0) = -Sigma(0, 1);  // the same trace and variances
  EXPECT_GT(largest(covariance_agreement(x, m, turned, 1).covariance_z), far);
}

TEST(CovarianceAgreement, WhereThereIsNoNoiseEveryDrawMustBeTheMean) {
  const Eigen::MatrixXd line = (Eigen::MatrixXd(2, 1) << 1, 2).finished();
  auto x = points(line, m, 1000, 3);
  const auto a = covariance_agreement(x, m, line * line.transpose(), 1);
  EXPECT_EQ(a.covariance_z.size(), 1U);  // across the line nothing is random
  EXPECT_LT(largest(a.covariance_z), far);
  x(17, 0) += 0.1;
  EXPECT_TRUE(std::isinf(largest(covariance_agreement(x, m, line * line.transpose(), 1).covariance_z)));
  const Eigen::MatrixXd still = m.transpose().replicate(10, 1);
  EXPECT_TRUE(covariance_agreement(still, m, A * A.transpose(), 0).covariance_z.empty());  // b = N
  EXPECT_TRUE(
      std::isinf(largest(covariance_agreement(points(A, m, 10, 4), m, A * A.transpose(), 0).covariance_z)));
}

}  // namespace
}  // namespace fpk::verification
