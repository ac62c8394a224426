// First and second moments of a process whose drift is affine and whose diffusion is quadratic in x: they close,
//
//     dX = (B X + c) dt + sigma(X) dW:     m' = B m + c,     M' = B M + M B^T + c m^T + m c^T + E[2 a(X)],     M = E X X^T,
//
// with E[2 a] linear in m and M (Arnold 1974, ch. 8). Integrated by the Runge-Kutta pair of Fehlberg, orders 7 and 8
// (Boost.Odeint), to a relative 1e-13.
#pragma once

#include <optional>
#include <vector>

#include "model/process.hpp"
#include "model/quadratic.hpp"

namespace fpk::solvers {

class MomentEquations {
 public:
  /// Nothing where the moments do not close, or a coefficient depends on time.
  static std::optional<MomentEquations> of(const model::Process& process);

  /// On the whole space, at time t, from `start` at time 0. Throws SolverError where they do not stay finite.
  [[nodiscard]] model::SecondMoments at(double t, const model::SecondMoments& start) const;

 private:
  Eigen::MatrixXd B_;
  Eigen::VectorXd c_;
  std::vector<model::Quadratic> noise_;  ///< 2 a, row by row
};

}  // namespace fpk::solvers
