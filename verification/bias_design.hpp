// The regression that orders of biases come from: a row for each rung of
//
//     ln |d_l| = ln |c| + p ln h_l  [ + e (h_l / h_0)^g ]      from   d = c h^p (1 + e' h^g + ...)
//
// g: by how much the next power is above the leading one, 1 for smooth problems (Talay, Tubaro 1990), 1/2 where paths are
// absorbed.
#pragma once

#include <Eigen/Dense>
#include <cmath>
#include <vector>

namespace fpk::verification {

/// Columns: constant, ln h, and the next term where that is asked for. h_0 is the first size.
inline Eigen::MatrixXd bias_design(const std::vector<double>& sizes, bool next_term, double gap) {
  const auto n = static_cast<Eigen::Index>(sizes.size());
  Eigen::MatrixXd design(n, next_term ? 3 : 2);
  for (Eigen::Index l = 0; l < n; ++l) {
    const double h = sizes[static_cast<std::size_t>(l)];
    design(l, 0) = 1;
    design(l, 1) = std::log(h);
    if (next_term) design(l, 2) = std::pow(h / sizes.front(), gap);
  }
  return design;
}

}  // namespace fpk::verification
