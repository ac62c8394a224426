// Small eigenvalues of a generator without detailed balance to relative accuracy: two-sided Rayleigh-Ritz, summed exactly.
//
//     K = L^T (-A) R = sum over faces F_b (l_a,i - l_a,j) + sum over cells a_i r_b,i l_a,i,    M = L^T R,    K v = lambda M v
//
//          i                j
//      r_i o ---- face ---- o r_j        F_b = k(i -> j) r_b,i - k(j -> i) r_b,j: the flux of the mode across the face
//
// An eigensolver in double precision knows eigenvalues to 1e-16 of the largest rate, but vectors to e = 1e-16 of (largest rate /
// next eigenvalue), and a two-sided quotient errs by e_l e_r times the largest rate only: 1e-20 where e is 1e-12. What is in the
// way is the cancellation of its terms. The rates and the trial vectors are doubles, and so exact as they stand; in double-double
// arithmetic (double_double.hpp) fluxes, differences and sums keep 32 digits, and the 16 that cancel are not missed. The diagonal
// of A appears nowhere: columns sum to zero exactly, so that what the vectors hold of the stationary law and of l = 1, which
// the solver cannot keep out, does no harm. Modes that the solver mixes, since their eigenvalues look alike to it, are taken
// apart by the small eigenproblem, in quadruple precision.
// (Parlett 1974, Math. Comp. 28, for the two-sided quotient; O'Cinneide 1993, Numer. Math. 65: the rates determine what is
// small to relative accuracy)
#pragma once

#include <vector>

#include "solvers/spectrum/spectrum.hpp"

namespace fpk::solvers {

/// Replaces eigenvalue and vectors of those `modes` whose eigenvalue is small beside the largest rate; both of a complex pair must
/// be there, next to each other, and l . r = 1 to rounding. Where two eigenvalues coincide the vectors stay as they are.
/// Collective.
void refine_small_eigenvalues(const Generator& generator, std::vector<Mode>& modes);

}  // namespace fpk::solvers
