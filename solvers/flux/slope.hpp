// What the weight of a face knows of the slope between its cells, z = U_j - U_i in units of D:
//
//     B(z), B(-z) = B(z) + z,     s = (z/2) / sinh(z/2),   s^2 = B(z) B(-z),   ln s = ln B(-|z|) - |z|/2
//
// for whole arrays at a time. With e = exp(-|z|): B(-|z|) = |z| / (1 - e), B(|z|) = e B(-|z|); near 0, where the
// quotient loses digits, B(-+z) = c +- z/2 with the even part c = 1 + z^2/12 - z^4/720 + ... (Bernoulli numbers;
// cut at z^14 for |z| < 1/2, the next term below 1e-17).
#pragma once

#include <cstddef>

namespace fpk::solvers {

/// One face.
struct FaceSlope {
  double z, s_squared, log_s;
};

/// forward = B(z), backward = B(-z), log_s; three arrays of n, none overlapping another. Relative error of B
/// a few 1e-16, of s absolutely so in its logarithm. Any finite z.
void slopes(const double* z, std::size_t n, double* forward, double* backward, double* log_s);

}  // namespace fpk::solvers
