// exp(A t) m by Eigen's dense exponential: independent of all propagators.
#pragma once

#include <Eigen/Dense>
#include <unsupported/Eigen/MatrixFunctions>

#include "solvers/generator.hpp"

namespace fpk::solvers::testing {

/// By scaling and squaring (Higham 2005); a few hundred cells.
inline std::vector<double> dense_exponential(const Generator& g, const std::vector<double>& masses,
                                             double t) {
  const auto n = static_cast<Eigen::Index>(masses.size());
  Eigen::MatrixXd A(n, n);
  std::vector<double> column(masses.size());
  for (Eigen::Index j = 0; j < n; ++j) {
    Field unit = g.field();
    unit.data()[j] = 1;
    g.apply(unit, column);
    A.col(j) = Eigen::Map<Eigen::VectorXd>(column.data(), n);
  }
  const Eigen::VectorXd m = (A * t).exp() * Eigen::Map<const Eigen::VectorXd>(masses.data(), n);
  return {m.data(), m.data() + n};
}

}  // namespace fpk::solvers::testing
