// The leading modes of a generator in detailed balance, small eigenvalues to relative accuracy.
//
//     S = Pi^{-1/2} A Pi^{1/2} is symmetric;   -S q = lambda q;   r = sqrt(pi) q,   l = q / sqrt(pi)
//
// 1. SLEPc finds the vectors q nearest to lambda = 0, in a closed box with sqrt(pi), known exactly, deflated.
// 2. A count by Sylvester's law of inertia shows whether one was missed; then the search is repeated beside those found.
// 3. Rayleigh-Ritz with the Dirichlet form in the space that the q span: an angle e between this space and the true one
//    enters an eigenvalue as e^2 only, and e is 1e-16 of (largest rate / next eigenvalue).
// (Parlett 1998, chs. 11, 13; Ericsson, Ruhe 1980)
#pragma once

#include "solvers/spectrum/spectrum.hpp"

namespace fpk::solvers {

/// As leading_modes; the generator must carry log_weights. Collective.
Spectrum reversible_modes(const Generator& generator, std::size_t count, Thoroughness thoroughness);

}  // namespace fpk::solvers
