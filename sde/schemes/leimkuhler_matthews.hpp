// The scheme of Leimkuhler and Matthews as Vilmart's postprocessed scheme, for a drift from a potential and constant noise,
//
//     Y_{n+1} = Y_n + b(Y_n + sigma dW_n / 2) dt + sigma dW_n,       observed   X_n = Y_n + sigma R_n / 2,
//
// R_n ~ N(0, dt I) independent of all else. As one-step scheme of weak order 1 like Euler-Maruyama and for one evaluation of b,
// but its invariant law has order 2, and is exact for a linear drift.
// (Leimkuhler, Matthews 2013, Appl. Math. Res. Express; Leimkuhler, Matthews, Tretyakov 2014, Proc. R. Soc. A 470; Vilmart 2015,
// SIAM J. Sci. Comput. 37)
#pragma once

#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

StepFormulas leimkuhler_matthews(const model::Process& process);

/// Refuses noise that is not constant, and a process without detailed balance: (db/dx) sigma sigma^T must be symmetric, which
/// it is for b = -grad L with equal noise in every variable.
std::string leimkuhler_matthews_refusal(const model::Process& process);

}  // namespace fpk::sde
