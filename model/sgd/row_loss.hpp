// A loss on data: the mean over the rows of a table of one row's loss, and a regulariser that every row shares,
//
//     L(theta) = (1/N) sum_i loss(row_i; theta) + R(theta),        g_i = grad loss(row_i; theta) + grad R(theta).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::model {

using formula::Formula;

struct RowLoss {
  std::vector<std::string> parameters;         ///< theta, in order
  Formula row;                                 ///< loss of one row, in the parameters and the columns
  std::shared_ptr<const formula::Table> rows;  ///< never null, at least one row
  Formula regulariser = 0;                     ///< R, in the parameters

  [[nodiscard]] std::size_t dimension() const { return parameters.size(); }
  /// L.
  [[nodiscard]] Formula mean() const;
  /// d L / d theta_i.
  [[nodiscard]] std::vector<Formula> gradient() const;
  /// d loss / d theta_i of one row, in the parameters and the columns; without the regulariser's.
  [[nodiscard]] std::vector<Formula> row_gradient() const;
};

/// Sigma_ij = (1/N) sum_k (g_k - g)_i (g_k - g)_j with g the mean of the rows' gradients g_k, d by d and symmetric: the covariance of
/// the gradient of a row drawn at random [loss^2/length^2]. Computed in one pass over the rows as mean(d d^T) - mean(d) mean(d)^T with
/// d_k = g_k - g_1, so that where all rows agree it is zero and not the rounding of a difference.
std::vector<std::vector<Formula>> gradient_covariance(const RowLoss& loss);

}  // namespace fpk::model
