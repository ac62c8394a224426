// Strong-stability-preserving Runge-Kutta, fourth order in ten stages (Ketcheson 2008, SIAM J. Sci. Comput. 30, 2113).
//
//     E(y) = y + (dt/6) A(y)                        a step of forward Euler
//     y = E^5(m),   z = 3/5 m + 2/5 y,              A(.) may depend on time: at t + dt/6 (0, 1, 2, 3, 4 | 2, 3, 4, 5, 6)
//     m' = 1/25 m + 9/25 y + 3/5 E^5(z)
//
// Every stage is a convex combination of steps of forward Euler (Gottlieb, Shu, Tadmor 2001), and each of those keeps
// masses non-negative for dt/6 <= 1 / (largest outflow), limited fluxes included: so does the whole, exactly. The columns
// of A sum to zero, so the total stays. Error by the embedded third-order weights of Conde, Fekete, Shadid 2018:
// (1/5, 0, 0, 3/10, 0, 0, 1/5, 0, 3/10, 0) against 1/10 for each stage.
#pragma once

#include "solvers/propagator.hpp"

namespace fpk::solvers {

std::unique_ptr<Propagator> make_ssp_runge_kutta(const PropagatorTask& task);

}  // namespace fpk::solvers
