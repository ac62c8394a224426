#include "model/affine.hpp"

#include <unsupported/Eigen/MatrixFunctions>

namespace fpk::model {
namespace {

std::optional<double> value_at_origin(Formula f, const std::vector<std::string>& variables) {
  for (const auto& v : variables) f = f.substitute(v, Formula(0.0));
  return f.constant();
}

}  // namespace

std::optional<Affine> affine(const Process& process) {
  const auto d = static_cast<Eigen::Index>(process.dimension());
  Affine found{Eigen::MatrixXd::Zero(d, d), Eigen::VectorXd::Zero(d), Eigen::MatrixXd::Zero(d, d)};
  const auto diffusion = process.diffusion();
  for (Eigen::Index i = 0; i < d; ++i) {
    const auto row = static_cast<std::size_t>(i);
    const auto constant = value_at_origin(process.drift[row], process.variables);
    if (!constant) return std::nullopt;
    found.c[i] = *constant;
    for (Eigen::Index j = 0; j < d; ++j) {
      const auto column = static_cast<std::size_t>(j);
      const auto slope = process.drift[row].derivative(process.variables[column]).constant();
      const auto a = diffusion[row][column].constant();
      if (!slope || !a) return std::nullopt;
      found.B(i, j) = *slope;
      found.noise(i, j) = 2 * *a;
    }
  }
  return found;
}

law::Gaussian gaussian_at(const Affine& process, const std::vector<std::string>& variables,
                          const Eigen::VectorXd& mean, const Eigen::MatrixXd& covariance, double t) {
  const Eigen::Index d = mean.size();
  // exp of [[B, c], [0, 0]] t gives the flow and the mean; exp of [[-B, Q], [0, B^T]] t the integral of the
  // covariance.
  Eigen::MatrixXd drift = Eigen::MatrixXd::Zero(d + 1, d + 1);
  drift.topLeftCorner(d, d) = process.B * t;
  drift.topRightCorner(d, 1) = process.c * t;
  const Eigen::MatrixXd flow = drift.exp();
  Eigen::MatrixXd block = Eigen::MatrixXd::Zero(2 * d, 2 * d);
  block.topLeftCorner(d, d) = -process.B * t;
  block.topRightCorner(d, d) = process.noise * t;
  block.bottomRightCorner(d, d) = process.B.transpose() * t;
  const Eigen::MatrixXd exponential = block.exp();
  const Eigen::MatrixXd F = flow.topLeftCorner(d, d);
  const Eigen::MatrixXd noise =
      exponential.bottomRightCorner(d, d).transpose() * exponential.topRightCorner(d, d);
  Eigen::MatrixXd C = F * covariance * F.transpose() + noise;
  C = 0.5 * (C + C.transpose()).eval();
  return {variables, F * mean + flow.topRightCorner(d, 1), C};
}

}  // namespace fpk::model
