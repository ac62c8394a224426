#include "verification/gaussianity/mardia.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace fpk::verification {
namespace {

/// Rows with mean 0 and covariance I.
Eigen::MatrixXd whitened(const Eigen::MatrixXd& points) {
  const auto n = static_cast<double>(points.rows());
  Eigen::MatrixXd x = points.rowwise() - points.colwise().mean();
  const Eigen::MatrixXd S = x.transpose() * x / n;
  const Eigen::LLT<Eigen::MatrixXd> factor(S);
  if (points.rows() <= points.cols() || factor.info() != Eigen::Success)
    throw std::invalid_argument("points in a plane have no Mardia statistics");
  return factor.matrixL().solve(x.transpose()).transpose();
}

/// sum_abc (mean of w_a w_b w_c)^2
double squared_third_moments(const Eigen::MatrixXd& w) {
  const auto n = static_cast<double>(w.rows());
  double sum = 0;
  for (Eigen::Index a = 0; a < w.cols(); ++a)
    for (Eigen::Index b = 0; b < w.cols(); ++b) {
      const Eigen::ArrayXd product = w.col(a).array() * w.col(b).array();
      sum += (w.transpose() * product.matrix() / n).squaredNorm();
    }
  return sum;
}

}  // namespace

Mardia mardia_tests(const Eigen::MatrixXd& points) {
  const auto n = static_cast<double>(points.rows()), d = static_cast<double>(points.cols());
  const Eigen::MatrixXd w = whitened(points);
  Mardia m;
  m.b1 = squared_third_moments(w);
  m.b2 = w.rowwise().squaredNorm().array().square().mean();
  m.skewness.statistic = n * m.b1 / 6;
  const boost::math::chi_squared chi2(d * (d + 1) * (d + 2) / 6);
  m.skewness.p_value = cdf(complement(chi2, m.skewness.statistic));
  m.kurtosis.statistic = (m.b2 - d * (d + 2)) / std::sqrt(8 * d * (d + 2) / n);
  m.kurtosis.p_value = std::erfc(std::abs(m.kurtosis.statistic) / std::numbers::sqrt2);
  return m;
}

}  // namespace fpk::verification
