// Gaussian laws of processes with drift affine in x and coefficients that move in time:
//
//     dX = (B(t) X + c(t)) dt + sigma(t) dW:    m' = B m + c,    C' = B C + C B^T + sigma sigma^T
//
// (Arnold 1974, ch. 8). The moments are integrated by the classical Runge-Kutta scheme with ever more steps, until two
// in a row agree to 1e-12.
#pragma once

#include <Eigen/Dense>
#include <memory>
#include <optional>

#include "formula/program.hpp"
#include "law/exact/gaussian.hpp"
#include "model/process.hpp"

namespace fpk::model {

class AffineInTime {
 public:
  /// Nothing where the drift is not affine, or the noise depends on the place.
  static std::optional<AffineInTime> of(const Process& process);

  /// The law at time t, on the whole space, of the process that starts from N(mean, covariance) at time 0. Throws
  /// std::invalid_argument where the moments are not finite or do not settle.
  [[nodiscard]] law::Gaussian law_at(double t, const Eigen::VectorXd& mean,
                                     const Eigen::MatrixXd& covariance) const;

 private:
  AffineInTime(std::vector<std::string> variables, std::shared_ptr<const formula::Program> coefficients)
      : variables_(std::move(variables)), coefficients_(std::move(coefficients)) {}
  std::vector<std::string> variables_;
  std::shared_ptr<const formula::Program>
      coefficients_;  ///< of t: rows of B, then c, then rows of sigma sigma^T
};

}  // namespace fpk::model
