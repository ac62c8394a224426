// GMRES (Saad, Schultz 1986) by Arnoldi's process with modified Gram-Schmidt, twice, and Givens rotations.
//
// The operator I - P + 1 w^T has the eigenvalue 1 for the constants and 1 - lambda for every other eigenvalue lambda of P. A step
// smooths, so all but a few of these lie near 1: some tens of iterations.
#include <Eigen/Dense>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "verification/operator/step_operator.hpp"

namespace fpk::verification {
namespace {

constexpr Eigen::Index most_iterations = 400;
constexpr double relative_residual = 1e-14;
/// What rounding lets the residual come down to in the worst case.
constexpr double acceptable_residual = 1e-11;

struct Rotation {
  double c, s;
  void apply(double& x, double& y) const {
    const double upper = c * x + s * y;
    y = -s * x + c * y;
    x = upper;
  }
};

}  // namespace

double invariant_mean(const StepOperator& P, const Eigen::VectorXd& u, const Eigen::VectorXd& w) {
  const double size = u.norm();
  if (size == 0) return 0;
  const Eigen::Index most = std::min(most_iterations, u.size());
  std::vector<Eigen::VectorXd> basis{u / size};
  Eigen::MatrixXd H = Eigen::MatrixXd::Zero(most + 1, most);
  Eigen::VectorXd right = Eigen::VectorXd::Zero(most + 1);
  right[0] = size;
  std::vector<Rotation> rotations;
  Eigen::Index k = 0;
  while (k < most && std::abs(right[k]) > relative_residual * size) {
    const Eigen::VectorXd& q = basis.back();
    Eigen::VectorXd next = q - P.apply(q);
    next.array() += w.dot(q);
    for (int pass = 0; pass < 2; ++pass)
      for (Eigen::Index j = 0; j <= k; ++j) {
        const double part = basis[static_cast<std::size_t>(j)].dot(next);
        H(j, k) += part;
        next -= part * basis[static_cast<std::size_t>(j)];
      }
    H(k + 1, k) = next.norm();
    for (Eigen::Index j = 0; j < k; ++j) rotations[static_cast<std::size_t>(j)].apply(H(j, k), H(j + 1, k));
    const double below = H(k + 1, k), length = std::hypot(H(k, k), below);
    if (!(length > 0)) throw std::runtime_error("a step has more than one invariant law on this box");
    rotations.push_back({H(k, k) / length, below / length});
    rotations.back().apply(H(k, k), H(k + 1, k));
    rotations.back().apply(right[k], right[k + 1]);
    ++k;
    if (below <= 1e-300) break;
    basis.push_back(next / below);
  }
  if (!(std::abs(right[k]) <= acceptable_residual * size))
    throw std::runtime_error("the invariant law of the step was not found: the iteration does not converge");
  const Eigen::VectorXd y = H.topLeftCorner(k, k).triangularView<Eigen::Upper>().solve(right.head(k));
  double mean = 0;
  for (Eigen::Index j = 0; j < k; ++j) mean += y[j] * w.dot(basis[static_cast<std::size_t>(j)]);
  return mean;
}

}  // namespace fpk::verification
