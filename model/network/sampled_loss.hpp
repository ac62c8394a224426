// A loss that is a mean over rows of data, in many parameters, with what stochastic gradients and their diffusions ask of it:
//
//     L(theta) = (1/N) sum_r l_r(theta) + R(theta),       theta in R^P
//     g_B = (1/b) sum_{r in B} grad l_r + grad R          of a batch B of b rows, repeats allowed
//     H_B v                                               the Hessian of that mean times a vector
//     s_kr = v_k . grad l_r                               slopes of single rows along directions v_k
//     Sigma_kl = (1/N) sum_r s_kr s_lr - s_k s_l          covariance of the rows' gradients, projected; s_k the means over r
//
// The formulas of model/sgd serve a few parameters; here there are thousands, and derivatives are written out by hand for each loss.
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <span>

namespace fpk::model {

using Rows = std::span<const std::uint32_t>;  ///< numbers of rows, from 0

/// Thread-safe: every function may be called by several threads at once.
class SampledLoss {
 public:
  virtual ~SampledLoss() = default;

  [[nodiscard]] virtual Eigen::Index parameters() const = 0;  ///< P
  [[nodiscard]] virtual std::size_t rows() const = 0;         ///< N
  /// Mean of l_r over the rows given plus R.
  [[nodiscard]] virtual double value(const Eigen::VectorXd& theta, Rows rows) const = 0;
  /// The same, and g_B.
  virtual double gradient(const Eigen::VectorXd& theta, Rows rows, Eigen::VectorXd& g) const = 0;
  /// out = H_B v.
  virtual void hessian_product(const Eigen::VectorXd& theta, const Eigen::VectorXd& v, Rows rows,
                               Eigen::VectorXd& out) const = 0;
  /// slopes(k, j) = v_k . grad l_r of the row r = rows[j], the v_k being the columns of `directions`; without R. Returns the
  /// mean of l_r over the rows.
  virtual double slopes(const Eigen::VectorXd& theta, const Eigen::MatrixXd& directions, Rows rows,
                        Eigen::MatrixXd& slopes) const = 0;
  [[nodiscard]] virtual double regulariser(const Eigen::VectorXd& theta) const = 0;  ///< R
  [[nodiscard]] virtual Eigen::VectorXd regulariser_gradient(
      const Eigen::VectorXd& theta) const = 0;  ///< grad R
};

// Over all rows, in pieces that the threads share and that are added in a fixed order: the same bits for any number of threads.
double mean_value(const SampledLoss& loss, const Eigen::VectorXd& theta);
double mean_gradient(const SampledLoss& loss, const Eigen::VectorXd& theta, Eigen::VectorXd& g);
Eigen::VectorXd mean_hessian_product(const SampledLoss& loss, const Eigen::VectorXd& theta,
                                     const Eigen::VectorXd& v);

/// s_kr of all rows, k by N.
Eigen::MatrixXd all_slopes(const SampledLoss& loss, const Eigen::VectorXd& theta,
                           const Eigen::MatrixXd& directions);

/// What a diffusion in a few directions wants to know at a place.
struct ProjectedLoss {
  double value = 0;            ///< L
  Eigen::VectorXd gradient;    ///< v_k . grad L
  Eigen::MatrixXd covariance;  ///< Sigma_kl
};
ProjectedLoss project(const SampledLoss& loss, const Eigen::VectorXd& theta,
                      const Eigen::MatrixXd& directions);

}  // namespace fpk::model
