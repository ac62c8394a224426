// The lowest minimum of a function, by Newton's method with a step that always goes downhill, from several places: where the
// Hessian is not positive definite a multiple of the identity is added (Nocedal, Wright 2006, algorithm 3.3), and the step is halved
// until the function falls (Armijo).
#pragma once

#include <Eigen/Dense>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::model {

struct Minimum {
  Eigen::VectorXd at;
  double value = 0;
  Eigen::MatrixXd hessian;  ///< there
};

/// Places to start from: the middles of five equal parts of each side of a box, and of more than four sides the middle of the box.
std::vector<std::vector<double>> starts_in(const std::vector<std::array<double, 2>>& sides);

/// Nothing where no start leads to a minimum.
std::optional<Minimum> lowest_minimum(const formula::Formula& f, const std::vector<std::string>& variables,
                                      const std::vector<std::vector<double>>& starts);

}  // namespace fpk::model
