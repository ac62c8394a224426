// One step of a random map as a matrix, without a random number.
//
// A step from x leads to the outcomes y_q with the probabilities w_q (quadrature nodes of its increments, both signs, taking
// and refusing a proposal). For a function u known through its values at the points x_i of a grid,
//
//     (P u)_i = E u(Psi(x_i, xi)) = sum_q w_q u(y_q(x_i)) = sum_j P_ij u_j,     P_ij = sum_q w_q l_j(y_q(x_i)),
//
// l_j the interpolating polynomials. The rows of P sum to one, less what is absorbed. An outcome beyond the grid counts as its
// nearest point, and its probability as *leak*.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <span>
#include <vector>

#include "verification/operator/panels.hpp"

namespace fpk::verification {

/// Takes an outcome of a step from point `from`, with its probability; a coordinate that is not finite counts as a leak.
using Reach = std::function<void(std::size_t from, const law::Point& to, double probability)>;
/// Tells `reach` all outcomes of a step from each of the points, those that are absorbed left out. Called from several threads.
using OneStep = std::function<void(std::span<const law::Point> from, const Reach& reach)>;

class StepOperator {
 public:
  StepOperator(const PanelGrid& grid, const OneStep& step);
  [[nodiscard]] Eigen::Index size() const { return P_.rows(); }
  /// P u.
  [[nodiscard]] Eigen::VectorXd apply(const Eigen::VectorXd& u) const;
  /// For each point and face (2 a for the lower one of axis a, 2 a + 1 for the upper) the probability of a step beyond it.
  [[nodiscard]] const Eigen::MatrixXd& leak() const { return leak_; }

 private:
  struct Range {
    Eigen::Index first = 0, count = 0;
  };
  [[nodiscard]] Range range_of(Eigen::Index row) const;
  Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> P_;
  std::vector<Range>
      reached_;  ///< columns of each row outside of which it is zero: a short step reaches few panels
  Eigen::MatrixXd leak_;
};

/// The mean over `weights` (a row of the grid's values) of the limit of P^n u as n grows, for a P whose rows sum to one and that
/// has one invariant law mu: the mean of u in mu. It is the constant c of  (I - P) g = u - c 1,  found from
///
///     (I - P + 1 w^T) g = u,     c = w^T g          (multiply by mu from the left: mu (I - P) = 0)
///
/// for any w with w^T 1 = 1, by GMRES (Saad, Schultz 1986). Throws std::runtime_error where that does not converge.
double invariant_mean(const StepOperator& P, const Eigen::VectorXd& u, const Eigen::VectorXd& w);

}  // namespace fpk::verification
