// Drift and spread over many periods: a particle on a periodic axis, its turns counted.
//
//      i  --- k(i -> j) --->  j        way d_ij, from centre to centre and on across the end of the axis
//
//     velocity    v   = sum over faces (k(i -> j) pi_i - k(j -> i) pi_j) d_ij
//     diffusion   D_e = 1/2 sum over faces (k(i -> j) pi_i + k(j -> i) pi_j) (d_ij + chi_j - chi_i)^2,
//     corrector   -A^T chi = b - v,   b_i = sum over j k(i -> j) d_ij,   sum pi chi = 0
//
// X_t - v t + chi(X_t) is a martingale whose quadratic variation grows as 2 D_e t, so Var X_t ~ 2 D_e t: the second
// derivative of the leading eigenvalue under a Bloch phase, as a sum of squares. In several variables D_e is a matrix. For
// one variable these are the double integrals of Stratonovich 1958 (v) and of Reimann, Van den Broeck, Linke, Haenggi,
// Rubi, Perez-Madrid 2001, Phys. Rev. Lett. 87, eq. 4 (D_e). (Pavliotis, Stuart 2008, ch. 13: the cell problem)
#pragma once

#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

struct EffectiveTransport {
  std::vector<double> velocity;                ///< along each axis [length/time]; 0 along one that is no ring
  std::vector<std::vector<double>> diffusion;  ///< d by d [length^2/time]; 0 along an axis that is no ring
  double residual = 0;                         ///< of the cell problem, over the largest |b - v|
};

/// Of a closed box with periodic axes at stationarity; `periodic`: which axes are rings. Collective. Throws SolverError
/// where there is no stationary law or the cell problem is not solved.
EffectiveTransport effective_transport(const Generator& generator, const std::vector<bool>& periodic);

}  // namespace fpk::solvers
