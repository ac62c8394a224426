// The scheme of Heun for the Stratonovich equation dX = c dt + sigma o dW, c = b - 1/2 sum_k L^k sigma_k:
//
//     Y       = X_n + c dt + sigma dW_n
//     X_{n+1} = X_n + (c + c(Y)) / 2 dt + (sigma + sigma(Y)) / 2 dW_n
//
// c, sigma at (X_n, t_n); c(Y), sigma(Y) at (Y, t_n + dt). The mean of the two noises makes the Stratonovich correction by
// itself; an Ito drift b is converted first, symbolically, and a drift given in Stratonovich's sense is taken as it was given.
// Strong order 1 where the noise commutes, 1/2 elsewhere, weak order 1; weak order 2 where the noise is additive.
// (Rümelin 1982, SIAM J. Numer. Anal. 19; Kloeden, Platen 1992, section 15.1)
#pragma once

#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

StepFormulas stochastic_heun(const model::Process& process);

}  // namespace fpk::sde
