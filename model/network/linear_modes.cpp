#include "model/network/linear_modes.hpp"

#include <cmath>

namespace fpk::model {
namespace {

/// (1 - exp(-k t))/k, and t at k = 0.
double phi(double k, double t) { return k == 0 ? t : -std::expm1(-k * t) / k; }

/// (1 - q^n)/(1 - q), and n at q = 1.
double psi(double q, std::uint64_t n) {
  const auto count = static_cast<double>(n);
  return q == 1 ? count : (1 - std::pow(q, count)) / (1 - q);
}

}  // namespace

Eigen::VectorXd LinearModes::mean(double t) const {
  Eigen::VectorXd m(lambda.size());
  for (Eigen::Index a = 0; a < m.size(); ++a) m[a] = -g[a] * phi(lambda[a], t);
  return m;
}

Eigen::MatrixXd LinearModes::covariance(double t) const {
  Eigen::MatrixXd C = Q;
  for (Eigen::Index a = 0; a < C.rows(); ++a)
    for (Eigen::Index b = 0; b < C.cols(); ++b) C(a, b) *= phi(lambda[a] + lambda[b], t);
  return C;
}

Eigen::VectorXd LinearModes::chain_mean(double eta, std::uint64_t n) const {
  Eigen::VectorXd m(lambda.size());
  for (Eigen::Index a = 0; a < m.size(); ++a) m[a] = -eta * g[a] * psi(1 - eta * lambda[a], n);
  return m;
}

Eigen::MatrixXd LinearModes::chain_covariance(double eta, std::uint64_t n) const {
  Eigen::MatrixXd C = Q;
  for (Eigen::Index a = 0; a < C.rows(); ++a)
    for (Eigen::Index b = 0; b < C.cols(); ++b)
      C(a, b) *= eta * psi((1 - eta * lambda[a]) * (1 - eta * lambda[b]), n);
  return C;
}

std::vector<Eigen::MatrixXd> third_derivatives(const SampledLoss& loss, const Eigen::VectorXd& theta,
                                               const Eigen::MatrixXd& modes, Eigen::Index first) {
  // Error of order step^2 and rounding of order 1e-15/step, both over the Hessian: 1e-8 and 1e-11 of unit directions.
  constexpr double step = 1e-4;
  std::vector<Eigen::MatrixXd> T;
  for (Eigen::Index i = 0; i < first; ++i) {
    Eigen::MatrixXd M(modes.cols(), modes.cols());
    for (Eigen::Index b = 0; b < modes.cols(); ++b)
      M.col(b) = modes.transpose() *
                 (mean_hessian_product(loss, theta + step * modes.col(i), modes.col(b)) -
                  mean_hessian_product(loss, theta - step * modes.col(i), modes.col(b))) /
                 (2 * step);
    T.push_back(0.5 * (M + M.transpose()));
  }
  return T;
}

Eigen::VectorXd mean_force(const LinearModes& modes, const std::vector<Eigen::MatrixXd>& T, double t) {
  const auto first = static_cast<Eigen::Index>(T.size());
  const Eigen::VectorXd m = modes.mean(t);
  Eigen::MatrixXd moments = modes.covariance(t) + m * m.transpose();
  moments.topLeftCorner(first, first).setZero();
  Eigen::VectorXd f(first);
  for (Eigen::Index i = 0; i < first; ++i)
    f[i] = 0.5 * T[static_cast<std::size_t>(i)].cwiseProduct(moments).sum();
  return f;
}

}  // namespace fpk::model
