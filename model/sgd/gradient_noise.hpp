// What a stochastic gradient is made of at one place theta: the gradient of every row, and from them, as finite sums,
//
//     g = (1/N) sum_k g_k,     Sigma = (1/N) sum_k (g_k - g)(g_k - g)^T,     H = grad grad L.
//
// The mean gradient of a random batch of b rows has mean g and covariance c Sigma / b, c = 1 with replacement, (N - b)/(N - 1) without.
#pragma once

#include <Eigen/Dense>
#include <span>

#include "formula/program.hpp"
#include "model/sgd/row_loss.hpp"
#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::model {

struct GradientNoise {
  Eigen::MatrixXd rows;        ///< N by d: g_k, the regulariser's gradient included
  double loss = 0;             ///< L
  Eigen::VectorXd gradient;    ///< g
  Eigen::MatrixXd covariance;  ///< Sigma
  Eigen::MatrixXd hessian;     ///< H
};

/// A loss compiled for that.
class GradientNoiseProgram {
 public:
  explicit GradientNoiseProgram(RowLoss loss);
  [[nodiscard]] GradientNoise operator()(std::span<const double> theta) const;

 private:
  RowLoss loss_;
  formula::Program row_gradient_;  ///< of the parameters and the columns
  formula::Program shared_;        ///< of the parameters: L, the regulariser's gradient, the entries of H
};

/// Sigma and its relation to H, as numbers. Of eigenvalues those above `rank_threshold` times the largest count.
struct NoiseShape {
  double trace = 0;
  std::size_t rank = 0;
  double condition =
      1;  ///< largest eigenvalue over the smallest; infinite where the rank is not full, NaN where Sigma is 0
  double alignment = 0;  ///< tr(Sigma H) / (|Sigma|_F |H|_F), the cosine between the two
  double proportionality =
      0;  ///< the c that brings |Sigma - c H|_F to its least, sqrt(1 - alignment^2) |Sigma|_F
  double leading_angle = 0;  ///< between the eigenvectors of the largest eigenvalues, in [0, pi/2]
};
inline constexpr double rank_threshold =
    1e-10;  ///< the rounding of sums of squares of thousands of rows, with room
NoiseShape noise_shape(const Eigen::MatrixXd& Sigma, const Eigen::MatrixXd& H);

}  // namespace fpk::model
