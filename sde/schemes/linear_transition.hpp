// The exact transition of dX = (B X + c) dt + sigma dW over a time dt,
//
//     X(t + dt) = F X(t) + g + S xi,    F = exp(B dt),   g = int_0^dt exp(B s) c ds,
//     S S^T = Q = int_0^dt exp(B s) sigma sigma^T exp(B^T s) ds,       xi ~ N(0, I).
//
// F, g and Q for dt / 2^n by one matrix exponential each (Van Loan 1978, IEEE Trans. Autom. Control 23, theorem 1), then doubled n
// times,  Q(2s) = Q(s) + F(s) Q(s) F(s)^T:  so nothing overflows however fast X contracts.
// Of all factors S of Q the one closest to sigma sqrt(dt) is taken (the orthogonal Procrustes problem: Schönemann 1966), so that a
// path follows the increments it is given, dW = sqrt(dt) xi, and coupled paths stay together.
#pragma once

#include <Eigen/Dense>

namespace fpk::sde {

struct LinearTransition {
  Eigen::MatrixXd F;  ///< d by d
  Eigen::VectorXd g;  ///< d
  Eigen::MatrixXd S;  ///< d by max(d, m): even one source drives every variable that feels it
};

/// B: d by d [1/time], c: d, sigma: d by m [length/time^1/2].
LinearTransition linear_transition(const Eigen::MatrixXd& B, const Eigen::VectorXd& c,
                                   const Eigen::MatrixXd& sigma, double dt);

}  // namespace fpk::sde
