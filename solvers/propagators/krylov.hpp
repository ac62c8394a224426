// The exponential of any generator by projection on Krylov spaces, with SLEPc's MFN.
//
//     exp(A tau) m  ~  |m|_2 V f(H) e_1,    V: orthonormal basis of span(m, A m, ..., A^{k-1} m),  H = V^T A V,  f = exp(tau .)
//
// by Arnoldi's process, restarted with H kept (Eiermann, Ernst 2006), so that memory is that of one basis. The last
// restart's correction is the error estimate: a sub-step tau stands where its bound in L1,
//
//     sqrt(cells) |correction|_2  <=  tolerance tau / duration,
//
// and grows or shrinks with the restarts that it took. (Saad 1992; Hochbruck, Lubich 1997)
//
// It works on the masses themselves: q = m / sqrt(pi), in which a reversible generator is symmetric, would lose the digits
// that docs/propagators.md tells of.
#pragma once

#include "solvers/propagator.hpp"

namespace fpk::solvers {

std::unique_ptr<Propagator> make_krylov(const PropagatorTask& task);

}  // namespace fpk::solvers
