// The leading modes of a generator without detailed balance: complex pairs, two different eigenvectors.
//
//     B = W^{-1} A W,  w = sqrt(pi);    -B x = lambda x,  -B^T y = lambda y;    r = W x,  l = W^{-1} y
//
// pi is the stationary law; of a box that absorbs, that of the same rates with the walls closed. The eigenvalue is the
// two-sided Rayleigh quotient, with an error that is the product of those of r and l (small_eigenvalues.hpp sums it for
// small ones):
//
//     lambda = sum over faces (k(i -> j) r_i - k(j -> i) r_j) (l_i - l_j) + sum over cells a_i r_i l_i,   l . r = 1
//
// The solver finds the eigenvalues of least modulus, so more are computed than asked for before they are sorted by real
// part; Spectrum::complete_below says how far this reaches. (Stewart, Sun 1990, ch. V; Trefethen, Embree 2005, ch. 12)
#pragma once

#include "solvers/spectrum/spectrum.hpp"

namespace fpk::solvers {

/// As leading_modes; one more mode where the last is half of a complex pair. Collective.
Spectrum general_modes(const Generator& generator, std::size_t count, Thoroughness thoroughness);

}  // namespace fpk::solvers
