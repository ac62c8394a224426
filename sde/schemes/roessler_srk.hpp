// Rößler's stochastic Runge-Kutta schemes of weak order 2 for any noise. With b^l column l of the noise, a the drift, h = dt,
//
//     X_{n+1} = X_n + sum_i alpha_i a(H_i) h
//       + sum_ik ( beta1_i I_k + beta2_i I_kk / sqrt(h) ) b^k(H_i^k)  +  sum_ik ( beta3_i I_k + beta4_i sqrt(h) ) b^k(G_i^k)
//
//     H_i   = X_n + sum_j A0_ij a(H_j) h + sum_jl B0_ij b^l(H_j^l) I_l                        at t_n + c0_i h
//     H_i^k = X_n + sum_j A1_ij a(H_j) h + sum_j  B1_ij b^k(H_j^k) sqrt(h)                    at t_n + c1_i h
//     G_i^k = X_n + sum_j A2_ij a(H_j) h + sum_j sum_{l != k} B2_ij b^l(H_j^l) I_kl / sqrt(h)  at t_n + c2_i h
//
//     I_k = dW_k,   I_kk = (I_k^2 - h)/2,   I_kl = (I_k I_l - s_kl h)/2,   s_kl = -s_lk = sign_k for k < l,   c = A e.
//
// Three evaluations of the drift and five of each column, however many columns: beside Platen's the cost does not grow with
// the square of m. The coefficients are DRI1 of Debrabant and Rößler: drift of order 3 where there is no noise, and small error
// constants. (Rößler 2009, SIAM J. Numer. Anal. 47, with the conditions of order; Debrabant, Rößler 2009, Appl. Numer. Math. 59, for
// DRI1)
#pragma once

#include <array>

#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

/// Coefficients of a scheme of three stages.
struct RoesslerTableau {
  using Column = std::array<double, 3>;
  using Matrix = std::array<Column, 3>;  ///< by rows; strictly lower triangular but for B2
  Matrix A0, A1, A2, B0, B1, B2;
  Column alpha, beta1, beta2, beta3, beta4;
};

const RoesslerTableau& dri1();

StepFormulas roessler_srk(const model::Process& process);
StepFormulas roessler_srk(const model::Process& process, const RoesslerTableau& tableau);

}  // namespace fpk::sde
