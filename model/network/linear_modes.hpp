// A loss and its noise linearised about a place, in eigenvectors of the Hessian: an Ornstein-Uhlenbeck process with closed moments.
//
//     dx_a = -(g_a + lambda_a x_a) dt + noise of covariance Q_ab dt,     Q = (eta/b) Sigma + 2 D I,     x(0) = 0
//     E x_a       = -g_a phi(lambda_a, t),        phi(k, t) = (1 - exp(-k t))/k
//     Cov(x_a, x_b) = Q_ab phi(lambda_a + lambda_b, t)
//
// and of the chain x_{n+1} = x_n - eta (g + lambda x_n) + noise of covariance eta Q, with q_a = 1 - eta lambda_a:
//
//     E x_a = -eta g_a psi(q_a, n),   Cov = eta Q_ab psi(q_a q_b, n),   psi(q, n) = (1 - q^n)/(1 - q).
//
// What the loss bends beyond that, T_iab = v_i . grad (v_a . H v_b), pushes the first few modes with the mean force
//
//     f_i(t) = (1/2) sum_ab T_iab E[x_a x_b],     a and b not both among the first: the rest, as far as it is linear.
//
// (Ornstein-Uhlenbeck about a minimum: Mandt, Hoffman, Blei 2017, section 3.)
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <vector>

#include "model/network/sampled_loss.hpp"

namespace fpk::model {

struct LinearModes {
  Eigen::VectorXd lambda, g;  ///< curvature and slope along each mode
  Eigen::MatrixXd Q;          ///< covariance of the noise per unit time

  [[nodiscard]] Eigen::VectorXd mean(double t) const;
  [[nodiscard]] Eigen::MatrixXd covariance(double t) const;
  [[nodiscard]] Eigen::VectorXd chain_mean(double eta, std::uint64_t n) const;
  [[nodiscard]] Eigen::MatrixXd chain_covariance(double eta, std::uint64_t n) const;
};

/// T_iab for i < first, a and b over all columns of `modes`: central differences of the Hessian.
std::vector<Eigen::MatrixXd> third_derivatives(const SampledLoss& loss, const Eigen::VectorXd& theta,
                                               const Eigen::MatrixXd& modes, Eigen::Index first);

/// f(t) on the first T.size() modes.
Eigen::VectorXd mean_force(const LinearModes& modes, const std::vector<Eigen::MatrixXd>& T, double t);

}  // namespace fpk::model
