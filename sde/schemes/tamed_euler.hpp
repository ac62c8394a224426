// The tamed Euler scheme,
//
//     X_{n+1} = X_n + b dt / (1 + dt |b|) + sigma dW_n,     |b| Euclidean,  b and sigma at (X_n, t_n):
//
// no step of the drift is longer than 1, however steep b. Where b grows faster than linearly but points inwards (one-sided
// Lipschitz) and sigma is Lipschitz, it converges strongly with order 1/2, where Euler-Maruyama's moments grow without bound.
// (Hutzenthaler, Jentzen, Kloeden 2012, Ann. Appl. Probab. 22; with additive noise it is the tamed Milstein scheme of
// Wang, Gan 2013, J. Difference Equ. Appl. 19, strong order 1)
#pragma once

#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

StepFormulas tamed_euler(const model::Process& process);

}  // namespace fpk::sde
