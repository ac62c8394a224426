// The Metropolis-adjusted Langevin algorithm, for dX = -grad L dt + sqrt(2 D) dW: a step of Euler and Maruyama is a proposal,
//
//     Y = X_n - grad L(X_n) dt + sqrt(2 D) dW_n,
//     X_{n+1} = Y with probability  min(1, exp(-(L(Y) - L(X_n))/D) q(X_n | Y) / q(Y | X_n)),  else X_n,
//
// q the proposal's density. With g = grad L(X_n) + grad L(Y) the logarithm of the quotient is
//
//     (L(X_n) - L(Y)) / D + g . dW_n / sqrt(2 D) - |g|^2 dt / (4 D),
//
// in which nothing of order 1/dt is left to cancel. exp(-L/D) is invariant exactly, whatever dt; nothing explodes, since a
// proposal without a potential is refused. Weak order 1: a step is refused with probability of order dt^{3/2}.
// (Roberts, Tweedie 1996, Bernoulli 2; Bou-Rabee, Vanden-Eijnden 2010, Comm. Pure Appl. Math. 63: strong order 3/4)
#pragma once

#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {

StepFormulas mala(const model::Process& process);
std::string mala_refusal(const model::Process& process);

}  // namespace fpk::sde
