// The linear parts of a step of stochastic gradient descent, whose gradient g is taken at S z:
//
//     z' = T z - u R g(S z) + injected,      z = theta, or (theta, v/h) with momentum
//
//     T = I,  R = h,  S = I          with momentum    T = [ I  h mu ]   R = [ h ]   S = [ I  0 ], Nesterov's [ I  mu h ]
//                                                         [ 0  mu   ]       [ 1 ]
//
// What is injected moves by R as well: sqrt(2 D (1 - mu) h u)/h times standard normal numbers.
#pragma once

#include <Eigen/Dense>

#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::model {

struct LinearParts {
  Eigen::MatrixXd T, R, S;
};

inline LinearParts linear_parts(const StochasticGradient& chain) {
  const auto d = static_cast<Eigen::Index>(chain.loss.dimension());
  const Eigen::Index size = chain.has_momentum() ? 2 * d : d;
  const double h = chain.step(), mu = chain.momentum;
  const Eigen::MatrixXd I = Eigen::MatrixXd::Identity(d, d);
  LinearParts of{Eigen::MatrixXd::Identity(size, size), Eigen::MatrixXd::Zero(size, d),
                 Eigen::MatrixXd::Zero(d, size)};
  of.S.leftCols(d) = I;
  of.R.topRows(d) = h * I;
  if (!chain.has_momentum()) return of;
  of.R.bottomRows(d) = I;
  of.T.bottomRightCorner(d, d) = mu * I;
  of.T.topRightCorner(d, d) = h * mu * I;
  if (chain.nesterov) of.S.rightCols(d) = mu * h * I;
  return of;
}

}  // namespace fpk::model
