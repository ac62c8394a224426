// Rates across a face for a given drift and diffusion, without a potential.
//
//     flux = (beta - a d/dx) p,  beta = b - da/dx (the Ito drift less the spurious one),  w = beta delta / a
//
//     rates = a/delta (s(w) +- w/2),   s = 1 for |w| <= 7/4,   s = (w/2) coth(w/2) for |w| >= 2,   smooth in between
//
// s = 1 is central differences: no numerical diffusion, non-negative up to |w| = 2, second order. The other
// is Bernoulli's a/delta B(-+w) (Scharfetter, Gummel 1969), non-negative for every w, which tends to
// first-order upwind as a -> 0. The passage from one to the other is smooth because coefficients may move
// with time: a jump in the rates would defeat every error control.
#pragma once

#include <algorithm>
#include <cmath>

#include "solvers/flux/bernoulli.hpp"

namespace fpk::solvers {

struct FaceRates {
  double forward, backward;  ///< flux = forward * p_i - backward * p_j, p a cell average [length/time]
};

/// 0 up to x = 7/4, 1 from x = 2 on, once differentiable.
inline double passage(double x) {
  const double u = std::clamp(4 * x - 7, 0.0, 1.0);
  return u * u * (3 - 2 * u);
}

/// a/delta B(-+w), w = beta delta / a: non-negative for every w, first-order upwind where a is nothing.
inline FaceRates bernoulli_rates(double a, double beta, double delta) {
  const double diffusive = a / delta;
  if (std::abs(beta) > 1e3 * diffusive)
    return {std::max(beta, 0.0), std::max(-beta, 0.0)};  // B(1e3) underflows
  const double w = beta / diffusive;
  return {diffusive * bernoulli(-w), diffusive * bernoulli(w)};
}

inline FaceRates hybrid_rates(double a, double beta, double delta) {
  const double diffusive = a / delta;
  if (std::abs(beta) <= diffusive) return {diffusive + beta / 2, diffusive - beta / 2};
  if (std::abs(beta) > 1e3 * diffusive)
    return {std::max(beta, 0.0), std::max(-beta, 0.0)};  // B(1e3) underflows
  const double w = beta / diffusive, theta = passage(std::abs(w));
  const double forward = (1 - theta) * (1 + w / 2) + theta * bernoulli(-w);
  const double backward = (1 - theta) * (1 - w / 2) + theta * bernoulli(w);
  return {diffusive * forward, diffusive * backward};
}

}  // namespace fpk::solvers
