#include "verification/covariance_agreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fpk::verification {
namespace {

constexpr double no_part = 1e-10;  ///< of the largest eigenvalue: the rounding of Sigma
constexpr double stray = 1e-5;     ///< of sqrt(tr Sigma): the root of that

struct Mean {
  double value = 0, error = 0;
};

Mean mean_of(const Eigen::ArrayXd& x) {
  const auto n = static_cast<double>(x.size());
  const double m = x.mean();
  return {m, std::sqrt((x - m).square().sum() / (n - 1) / n)};
}

double size_of_z(const Mean& m, double expected) {
  const double difference = std::abs(m.value - expected);
  if (difference == 0) return 0;
  const double z = difference / m.error;
  return std::isnan(z) ? std::numeric_limits<double>::infinity() : z;
}

}  // namespace

CovarianceAgreement covariance_agreement(const Eigen::MatrixXd& draws, const Eigen::VectorXd& m,
                                         const Eigen::MatrixXd& Sigma, double f) {
  CovarianceAgreement a;
  const Eigen::MatrixXd x = draws.rowwise() - m.transpose();
  const Mean trace = mean_of(x.rowwise().squaredNorm());
  a.trace = trace.value, a.trace_error = trace.error, a.expected_trace = f * Sigma.trace();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes(Sigma);
  const auto& lambda = modes.eigenvalues();
  const Eigen::MatrixXd y = x * modes.eigenvectors();
  std::vector<Eigen::ArrayXd> w;
  for (Eigen::Index i = 0; i < lambda.size(); ++i) {
    if (f > 0 && lambda[i] > no_part * lambda.maxCoeff())
      w.emplace_back(y.col(i) / std::sqrt(f * lambda[i]));
    else if (y.col(i).cwiseAbs().maxCoeff() > stray * std::sqrt(std::max(Sigma.trace(), 0.0)))
      a.covariance_z.push_back(std::numeric_limits<double>::infinity());
  }
  for (std::size_t i = 0; i < w.size(); ++i) {
    a.mean_z.push_back(size_of_z(mean_of(w[i]), 0));
    for (std::size_t j = 0; j <= i; ++j)
      a.covariance_z.push_back(size_of_z(mean_of(w[i] * w[j]), i == j ? 1 : 0));
  }
  return a;
}

}  // namespace fpk::verification
