// Where stochastic gradient descent stays in the long run, near a minimum x* of the loss, in three approximations. With H and Sigma the
// Hessian and the covariance of the rows' gradients there, eta, b, c, D and mu as in stochastic_gradient.hpp:
//
//     Lyapunov       H C + C H = eta c / (b (1 - mu)) Sigma + 2 D I             small steps (Mandt, Hoffman, Blei 2017, eq. 13)
//     finite step    C = A C A^T + R K R^T                                      the chain's own moments: chain_moments.hpp
//     isotropic      T I / H,   T = eta c tr Sigma / (2 b d (1 - mu)) + D       what exp(-L/T) has
//
// The second is exact where gradients are affine in the parameters, its noise growing with the distance included; elsewhere it is of the
// chain linearised at x*.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <vector>

#include "model/sgd/chain_moments.hpp"

namespace fpk::model {

struct StationaryCovariance {
  Eigen::VectorXd minimum;
  double loss = 0;  ///< L there
  Eigen::MatrixXd hessian, noise;
  double matched_temperature = 0;  ///< T
  Eigen::MatrixXd lyapunov;
  std::optional<SecondMoments>
      finite_step;  ///< of the parameters; nothing where the step is too long to settle
  bool finite_step_is_exact = false;
  double memory = 1;  ///< ChainMoments::memory
};

/// At the lowest minimum that a descent from `starts` finds. Nothing where there is none, or where the chain is not steady: a
/// schedule, a batch that moves, reshuffled epochs.
std::optional<StationaryCovariance> stationary_covariance(const StochasticGradient& chain,
                                                          const std::vector<std::vector<double>>& starts);

}  // namespace fpk::model
