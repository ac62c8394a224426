// The exponential of a reversible generator as a Chebyshev series, exact in time.
//
//     S = Pi^{-1/2} A Pi^{1/2} = S^T, eigenvalues in [-rho, 0];   q = Pi^{-1/2} m;   X = 1 + 2 S / rho in [-1, 1]
//     exp(S t) q = sum_k c_k T_k(X) q,   c_0 = e^{-z} I_0(z),  c_k = 2 e^{-z} I_k(z),   z = rho t / 2
//
// About sqrt(2 rho t ln(1/eps)) applications for any t (Tal-Ezer, Kosloff 1984; Bergamaschi, Vianello 2000).
//
// Its rounding error in m is about eps sqrt(1 + chi^2), chi^2 = sum m^2 / pi - 1: enormous while m has mass
// where pi has next to none. So it starts with uniformisation, which is exactly positive, until chi^2 has
// collapsed.
#pragma once

#include "solvers/propagator.hpp"

namespace fpk::solvers {

std::unique_ptr<Propagator> make_chebyshev(const PropagatorTask& task);

/// e^{-z} I_k(z) for k = 0, 1, ... until they fall below `negligible` (Miller's backward recurrence,
/// normalised by I_0 + 2 sum I_k = e^z). For tests, too.
std::vector<double> scaled_bessel(double z, double negligible);

}  // namespace fpk::solvers
