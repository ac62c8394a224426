// Platen's explicit scheme of weak order 2 for any noise. With sigma_j column j of the noise, m sources,
//
//     Y    = X_n + b dt + sum_j sigma_j dW_j                at t_n + dt
//     R_j+- = X_n + b dt +- sigma_j sqrt(dt)                 at t_n + dt
//     U_j+- = X_n        +- sigma_j sqrt(dt)                 at t_n
//
//     X_{n+1} = X_n + (b(Y) + b) dt / 2
//       + 1/4 sum_j [ (sigma_j(R_j+) + sigma_j(R_j-) + 2 sigma_j) dW_j
//                     + sum_{r != j} (sigma_j(U_r+) + sigma_j(U_r-) - 2 sigma_j) dW_j ]
//       + 1/4 sum_j [ (sigma_j(R_j+) - sigma_j(R_j-)) (dW_j^2 - dt)
//                     + sum_{r != j} (sigma_j(U_r+) - sigma_j(U_r-)) (dW_j dW_r + V_rj) ] / sqrt(dt)
//
// V_rj = -V_jr = +-dt with probability 1/2 each stands for the area between two paths: one sign for each pair of sources.
// Weak order 2 on normal or three-point increments. No derivatives. (Kloeden, Platen 1992, eq. 15.1.3 with 14.2.8 to 14.2.10; the
// times are those of the scheme for the equation with t among its variables)
#pragma once

#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

StepFormulas platen_weak_2(const model::Process& process);

}  // namespace fpk::sde
