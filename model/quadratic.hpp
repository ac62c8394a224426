// Polynomials of degree two at most:   f(x) = value + slope . x + x^T curvature x / 2.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::model {

/// Mean and second moment E x x^T of a law.
struct SecondMoments {
  Eigen::VectorXd mean;
  Eigen::MatrixXd second;
  [[nodiscard]] Eigen::MatrixXd covariance() const { return second - mean * mean.transpose(); }
};

struct Quadratic {
  double value = 0;  ///< at the origin
  Eigen::VectorXd slope;
  Eigen::MatrixXd curvature;  ///< symmetric

  /// E f.
  [[nodiscard]] double expectation(const SecondMoments& law) const {
    return value + slope.dot(law.mean) + 0.5 * curvature.cwiseProduct(law.second).sum();
  }
  [[nodiscard]] bool is_affine() const { return curvature.isZero(0); }
};

/// The coefficients, found by differentiating; nothing where f is no such polynomial, or depends on more than the variables.
std::optional<Quadratic> quadratic(const formula::Formula& f, const std::vector<std::string>& variables);

}  // namespace fpk::model
