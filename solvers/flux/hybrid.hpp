// Rates across a face for a given drift and diffusion, without a potential.
//
//     flux = (beta - a d/dx) p,  beta = b - da/dx (the Ito drift less the spurious one),  w = beta delta / a
//
// For |w| <= 2 central differences, a/delta -+ beta/2: non-negative, second order, no numerical diffusion.
// Beyond, Bernoulli's weights a/delta B(-+w) (Scharfetter, Gummel 1969), which tend to first-order upwind as
// a -> 0.
#pragma once

#include <algorithm>
#include <cmath>

#include "solvers/flux/bernoulli.hpp"

namespace fpk::solvers {

struct FaceRates {
  double forward, backward;  ///< flux = forward * p_i - backward * p_j, p a cell average [length/time]
};

inline FaceRates hybrid_rates(double a, double beta, double delta) {
  const double diffusive = a / delta;
  if (std::abs(beta) <= 2 * diffusive) return {diffusive + beta / 2, diffusive - beta / 2};
  if (std::abs(beta) > 1e3 * diffusive)
    return {std::max(beta, 0.0), std::max(-beta, 0.0)};  // B(1e3) underflows
  const double w = beta / diffusive;
  return {diffusive * bernoulli(-w), diffusive * bernoulli(w)};
}

}  // namespace fpk::solvers
