// The scheme of Milstein, for commutative noise,
//
//     X_{n+1} = X_n + b dt + sum_k sigma_k dW_k + 1/2 sum_jk (L^j sigma_k) (dW_j dW_k - delta_jk dt),
//     L^j = sum_l sigma_lj d/dx_l,
//
// with all coefficients at (X_n, t_n). sigma_k: column k of the noise. The double Ito integrals I_(j,k) come in pairs whose sum
// is dW_j dW_k where L^j sigma_k = L^k sigma_j; the derivatives are symbolic.
// Strong order 1, weak order 1. (Milstein 1974; Kloeden, Platen 1992, eq. 10.3.16)
#pragma once

#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

StepFormulas milstein(const model::Process& process);

/// Refuses noise that does not commute: without the areas between the increments, the order would be Euler's.
std::string milstein_refusal(const model::Process& process);

}  // namespace fpk::sde
