// Stochastic gradient descent, linearised about the path of full gradient descent. With the parts of linear_parts.hpp and phi_n =
// S zeta_n,
//
//     zeta_{n+1}  = T zeta_n - u R grad L(phi_n),         zeta_0 = E z_0
//     delta_{n+1} = A_n delta_n - u R nu_n + injected,    A_n = T - u R H(phi_n) S,    delta_0 = z_0 - zeta_0
//
// nu_n: the mean over the rows k of the chain's own batch of g_k(phi_n) - grad L(phi_n). delta is what the chain's z - zeta is up
// to terms of second order in delta; it is known exactly in two moments. Every row of a batch is any row of the table with the
// same probability, however batches depend on each other, so that
//
//     E delta_n = 0,        M' = A M A^T + u^2 c/b R Sigma(phi_n) R^T + injected + (A C + C^T A^T),     M = E delta delta^T.
//
// C = -u E[delta_n nu_n^T] R^T is 0 where batches are independent. In a reshuffled epoch two different batches have no row in
// common, E[nu_j nu_n^T] = -1/(N (N - 1)) sum over rows k of g_k(phi_j) g_k(phi_n)^T (both less their means; Cochran 1977,
// section 2.9), so that
//
//     E[delta_n nu_n^T] = -1/(N (N - 1)) sum_k w_k g_k(phi_n)^T,      w_k' = A w_k - u R g_k(phi_n),    w_k = 0 where an epoch begins.
//
// This is the linear noise approximation (van Kampen 1976) of the chain at its finite step.
#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "model/quadratic.hpp"
#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::model {

class LinearisedChain {
 public:
  /// What moves delta in one step.
  struct Step {
    Eigen::MatrixXd A;
    double schedule = 1;    ///< u
    double injected = 0;    ///< standard deviation of what R moves
    std::size_t batch = 1;  ///< rows
    Eigen::MatrixXd rows;   ///< N by d: g_k(phi_n) less their mean
  };

  /// Why there is none of that many steps; empty where there is.
  static std::string refusal(const StochasticGradient& chain, std::int64_t steps);

  /// `start`: of z_0, of as many coordinates as z has.
  LinearisedChain(const StochasticGradient& chain, std::int64_t steps, const SecondMoments& start);

  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  /// R: how a gradient moves z.
  [[nodiscard]] const Eigen::MatrixXd& kick() const { return R_; }
  /// zeta_n for n = 0 ... number of steps, and E delta_n delta_n^T.
  [[nodiscard]] const std::vector<Eigen::VectorXd>& path() const { return path_; }
  [[nodiscard]] const std::vector<Eigen::MatrixXd>& covariance() const { return covariance_; }

 private:
  std::vector<Step> steps_;
  Eigen::MatrixXd R_;
  std::vector<Eigen::VectorXd> path_;
  std::vector<Eigen::MatrixXd> covariance_;
};

}  // namespace fpk::model
