// Fluxes through a face for a given drift and diffusion: what is known of no potential, or not used.
//
//      cell i   face    cell j      flux = (beta - a d/dx) p,   beta = b - da/dx,   w = beta delta / a
//   |----- o -----|----- o -----|
//          <--- delta --->          flux = forward * p_i - backward * p_j        p: cell averages
//
//     hybrid       central differences while they are positive, Bernoulli beyond (solvers/flux/hybrid.hpp)
//     bernoulli    forward, backward = a/delta B(-+w)      the exact flux of constant coefficients
//     chang-cooper the same, with beta and a at the middle of the face instead of their means between the centres
//
// On a line each is in detailed balance with weights of its own, ln pi_j - ln pi_i = ln(forward / backward): for
// the Bernoulli weights that is w, so the equilibrium is the Gibbs law with the integral of beta / a replaced by
// one value a face. It is not the exact one. (Scharfetter, Gummel 1969, eq. 6; Chang, Cooper 1970, eqs. 9-15)
#pragma once

#include <span>
#include <string_view>

#include "solvers/flux/hybrid.hpp"

namespace fpk::solvers {

struct DriftFlux {
  std::string_view name;  ///< "hybrid", ...
  std::string_view source;
  bool limits;  ///< takes drift along axes without noise by limited fluxes, of second order; upwind otherwise
  bool at_face;  ///< coefficients at the middle of the face, not averaged between the centres
  FaceRates (*rates)(double a, double beta, double delta);
};

/// All of them; the first is what runs take.
std::span<const DriftFlux> drift_fluxes();
const DriftFlux* find_drift_flux(std::string_view name);

}  // namespace fpk::solvers
