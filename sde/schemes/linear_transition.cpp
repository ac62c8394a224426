#include "sde/schemes/linear_transition.hpp"

#include <algorithm>
#include <cmath>
#include <unsupported/Eigen/MatrixFunctions>

namespace fpk::sde {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Moments {
  MatrixXd F;
  VectorXd g;
  MatrixXd Q;
};

/// For a short time, |B| s at most 1.
Moments van_loan(const MatrixXd& B, const VectorXd& c, const MatrixXd& sigma, double s) {
  const Index d = B.rows();
  MatrixXd mean = MatrixXd::Zero(d + 1, d + 1);
  mean.topLeftCorner(d, d) = B * s;
  mean.topRightCorner(d, 1) = c * s;
  const MatrixXd flow = mean.exp();
  MatrixXd block = MatrixXd::Zero(2 * d, 2 * d);
  block.topLeftCorner(d, d) = -B * s;
  block.topRightCorner(d, d) = sigma * sigma.transpose() * s;
  block.bottomRightCorner(d, d) = B.transpose() * s;
  const MatrixXd exponential = block.exp();
  return {flow.topLeftCorner(d, d), flow.topRightCorner(d, 1),
          exponential.bottomRightCorner(d, d).transpose() * exponential.topRightCorner(d, d)};
}

void double_time(Moments& m) {
  m.Q = (m.Q + m.F * m.Q * m.F.transpose()).eval();
  m.g = (m.g + m.F * m.g).eval();
  m.F = (m.F * m.F).eval();
}

/// Some factor of Q, from its correlations, so that a variable that hardly moves keeps its digits.
MatrixXd factor(const MatrixXd& Q) {
  const VectorXd sd = Q.diagonal().cwiseMax(0).cwiseSqrt();
  const VectorXd inverse = sd.unaryExpr([](double s) { return s > 0 ? 1 / s : 0.0; });
  const MatrixXd C = inverse.asDiagonal() * (0.5 * (Q + Q.transpose())) * inverse.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> of(C);
  return sd.asDiagonal() * of.eigenvectors() * of.eigenvalues().cwiseMax(0).cwiseSqrt().asDiagonal();
}

}  // namespace

LinearTransition linear_transition(const MatrixXd& B, const VectorXd& c, const MatrixXd& sigma, double dt) {
  const double size = B.cwiseAbs().rowwise().sum().maxCoeff() * dt;
  const int doublings = size > 1 ? std::ilogb(size) + 1 : 0;
  Moments m = van_loan(B, c, sigma, std::ldexp(dt, -doublings));
  for (int k = 0; k < doublings; ++k) double_time(m);
  const MatrixXd L = factor(m.Q);
  MatrixXd target = MatrixXd::Zero(B.rows(), std::max(B.rows(), sigma.cols()));
  target.leftCols(sigma.cols()) = sigma * std::sqrt(dt);
  const Eigen::JacobiSVD<MatrixXd> turn(L.transpose() * target, Eigen::ComputeThinU | Eigen::ComputeThinV);
  return {m.F, m.g, L * turn.matrixU() * turn.matrixV().transpose()};
}

}  // namespace fpk::sde
