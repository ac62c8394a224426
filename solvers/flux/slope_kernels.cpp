// Equations in solvers/flux/slope.hpp.
#include "solvers/flux/slope_kernels.hpp"

#include "formula/elementary.hpp"

namespace fpk::solvers::FPK_ISA {
namespace {

using formula::elementary::cubic;
using formula::elementary::magnitude;

constexpr double near_zero = 0.5;

/// (z/2) coth(z/2) for |z| < 1/2: coefficients B_2k / (2k)!.
[[gnu::always_inline]] inline double even_part(double z2) {
  const double z4 = z2 * z2;
  return cubic(z2, z4, 1.0, 1.0 / 12, -1.0 / 720, 1.0 / 30240) +
         z4 * z4 *
             cubic(z2, z4, -1.0 / 1209600, 1.0 / 47900160, -691.0 / 1307674368000.0, 1.0 / 74724249600.0);
}

void bernoulli_pairs(const double* __restrict z, size_t n, double* __restrict forward,
                     double* __restrict backward, double* __restrict log_s) {
  for (size_t i = 0; i < n; ++i) {
    const double x = magnitude(z[i]), e = formula::elementary::exp(-x);
    const double even = even_part(x * x), quotient = x / (1 - e);
    const double larger = x < near_zero ? even + x / 2 : quotient;
    const double smaller = x < near_zero ? even - x / 2 : quotient * e;
    forward[i] = z[i] > 0 ? smaller : larger;
    backward[i] = z[i] > 0 ? larger : smaller;
    log_s[i] = formula::elementary::log(larger) - x / 2;
  }
}

}  // namespace

const SlopeKernels slope_kernels{bernoulli_pairs};

}  // namespace fpk::solvers::FPK_ISA
