// The Bernoulli function B(z) = z / (exp(z) - 1). For whole arrays at a time: solvers/flux/slope.hpp.
//
//     B(0) = 1,   B(-z) = B(z) + z = exp(z) B(z),   B(z) ~ z exp(-z) for large z.
//
// The flux between two cells a distance h apart, with constant drift b and diffusion D between them, is
// D/h [ B(-w) p_i - B(w) p_j ], w = h b / D (Scharfetter, Gummel 1969, eq. 6; Chang, Cooper 1970).
#pragma once

#include <cmath>

namespace fpk::solvers {

/// B(z), relative error a few 1e-16 while exp(-z) is a normal number (z < 708); 0 for z -> inf, -z for
/// z -> -inf.
inline double bernoulli(double z) {
  if (std::abs(z) < 1e-2) {
    // Near 0 the quotient loses digits through expm1's own rounding; Taylor: next term z^8 / 1209600 < 1e-22.
    const double z2 = z * z;
    return 1 - z / 2 + z2 / 12 * (1 - z2 / 60 * (1 - z2 / 42));
  }
  if (z > 700) return z * std::exp(-z);  // expm1 would overflow
  return z / std::expm1(z);
}

}  // namespace fpk::solvers
