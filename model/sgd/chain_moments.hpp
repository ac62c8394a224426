// Exact first and second moments of stochastic gradient descent where every row's gradient is affine in the parameters (least squares),
// at its finite step. The state z is theta, or (theta, v/h) with momentum; the gradient is taken at S z. Given z, the gradient of
// a batch has the mean G S z + g and the covariance K(S z) = c/b Sigma(S z), quadratic in z, whatever the sampling, so that
//
//     z' = T z - u R (G S z + g + nu) + injected:     m' = A m - u R g,     A = T - u R G S,
//     M' = A M A^T - u (A m (R g)^T + R g (A m)^T) + u^2 R g g^T R^T + R (u^2 E K(S z) + I) R^T,
//
// with R = h (plain) or (h, 1) (theta moves by h v), and the injected noise's covariance in I. Batches of successive steps must be
// independent: not for reshuffled epochs.
#pragma once

#include <cstdint>
#include <optional>

#include "model/quadratic.hpp"
#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::model {

class ChainMoments {
 public:
  /// Nothing where the moments do not close: gradients that are not affine, epochs, a batch that grows; or where a schedule
  /// moves in time.
  static std::optional<ChainMoments> of(const StochasticGradient& chain);
  /// The same of the chain near a minimum of any loss: gradients with the slope H there, noise with the covariance Sigma there.
  static std::optional<ChainMoments> linearised(const StochasticGradient& chain,
                                                const Eigen::VectorXd& minimum, const Eigen::MatrixXd& H,
                                                const Eigen::MatrixXd& Sigma);

  /// Coordinates of z.
  [[nodiscard]] std::size_t dimension() const { return static_cast<std::size_t>(A_.rows()); }
  /// After that many steps from `start`.
  [[nodiscard]] SecondMoments after(std::int64_t steps, SecondMoments start) const;
  /// The moments that a step does not change, where it forgets its start; nothing where it does not.
  [[nodiscard]] std::optional<SecondMoments> stationary() const;
  /// By which factor a step shrinks what it remembers of its second moments at last; above 1 they grow without bound.
  [[nodiscard]] double memory() const;

 private:
  /// The linear part of a chain whose gradient is G theta + g.
  static ChainMoments assembled(const StochasticGradient& chain, const Eigen::MatrixXd& G,
                                const Eigen::VectorXd& g);
  /// The change of M by a step that is linear in M: what is left without shift and injection, for a mean of 0.
  [[nodiscard]] Eigen::MatrixXd linear_part() const;
  Eigen::MatrixXd A_, R_, S_, injected_;
  Eigen::VectorXd shift_;         ///< u R g
  std::vector<Quadratic> noise_;  ///< u^2 K, row by row
};

}  // namespace fpk::model
