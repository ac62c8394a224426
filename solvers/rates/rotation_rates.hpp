// The generator of dX = -(I + J) grad L dt + sqrt(2 D) dW, J constant and antisymmetric, on cells: the Gibbs law
// pi = exp(-L/D) stays stationary to round-off.
//
// The part of the drift that J adds moves the Gibbs law by a divergence-free flux, -J grad L pi = D J grad pi. Through
// a face it is a difference of values at the ends of the face, so that around each cell the fluxes sum to zero exactly:
//
//      psi_3          psi_4        2-D: psi = D r pi at the corners, J = [[0, r], [-r, 0]]
//        o-------------o
//        |      ^ G    |           F = psi_4 - psi_2       out of the face on the right
//        |   i     ->  | F   j     G = psi_3 - psi_4       out of the face at the top
//        |             |           ...
//        o-------------o           3-D: through the face across axis i   F = D sum_j J_ij (E_ij at the upper j - E_ij
//      psi_1          psi_2        at the lower j), E_ij the integral of pi along the edge across axes i and j
//
// With C the conductance k(i -> j) pi_i = k(j -> i) pi_j of the process without J, and F = face flux at equilibrium,
//
//     rates = C (s(w) +- w/2) / pi,   w = F / C,   flux = C s (u_i - u_j) + F (u_i + u_j)/2,   u = p / pi,
//
// with s of solvers/flux/hybrid.hpp: non-negative, second order, and stationary for u = 1 since the F sum to zero.
// psi = 0 on a reflecting wall, where nothing goes through: what would circulate beyond it runs along it, which is the
// oblique reflection that keeps the Gibbs law. (Evans, Hawley 1988, Astrophys. J. 332, sec. 2: face fluxes from line
// integrals along edges, for magnetic fields; docs/rotation.md)
#pragma once

#include "model/domain.hpp"
#include "model/process.hpp"
#include "solvers/flux/face_weight.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

/// Collective. `process` must be rotating; `weight` is that of the part without J.
Rates rotation_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                     const FaceWeight& weight);

}  // namespace fpk::solvers
