// Affine processes: drift affine in x, noise constant. Their law stays Gaussian, in closed form.
//
//     dX = (B X + c) dt + sigma dW:   m' = B m + c,   C' = B C + C B^T + sigma sigma^T
//
// solved exactly by one matrix exponential (Van Loan 1978, theorem 1).
#pragma once

#include <Eigen/Dense>
#include <optional>

#include "law/exact/gaussian.hpp"
#include "model/process.hpp"

namespace fpk::model {

struct Affine {
  Eigen::MatrixXd B;      ///< [1/time]
  Eigen::VectorXd c;      ///< [length/time]
  Eigen::MatrixXd noise;  ///< sigma sigma^T [length^2/time]
};

/// The coefficients where the process is affine, found by differentiating its formulas.
std::optional<Affine> affine(const Process& process);

/// The law at time t of an affine process on the whole space that starts from N(mean, covariance).
law::Gaussian gaussian_at(const Affine& process, const std::vector<std::string>& variables,
                          const Eigen::VectorXd& mean, const Eigen::MatrixXd& covariance, double t);

}  // namespace fpk::model
