// Normal numbers by the method of Box and Muller (1958), in the polar form
//
//   Z0 = sqrt(-2 v ln U) cos(phi),   Z1 = sqrt(-2 v ln U) sin(phi),
//
// U uniform on (0, 1), phi on the circle: Z0 and Z1 are independent N(0, v). One block of Philox (128 bits)
// makes a pair.
//
// ln and cos, sin are our own polynomials (Chebyshev interpolants computed to 60 digits), in plain sums and
// products, so that all instruction sets give the same bits. Relative error of -2 ln U below 1e-15, absolute
// error of cos and sin below 3e-16.
#include "sde/noise/normal_kernels.hpp"
#include "sde/noise/lanes.hpp"
#include "sde/noise/philox.hpp"

namespace fpk::sde::FPK_ISA {
namespace {

/// c[0] + c[1] x + ... by Horner's rule.
template <size_t n>
[[gnu::always_inline]] inline Reals polynomial(Reals x, const double (&c)[n]) {
  Reals sum = c[n - 1] + Reals{};
  for (size_t k = n - 1; k-- > 0;) sum = sum * x + c[k];
  return sum;
}

/// -2 ln U for U = (k | 1) 2^-64, k the 64-bit number (high, low): finite, down to 2^-64, at midpoints of
/// 2^-63.
[[gnu::always_inline]] inline Reals minus_two_log(Bits high, Bits low) {
  // Integer to double, rounded once: each half below a power of two that aligns it (2^84 and 2^52), then one
  // sum.
  const Reals above = as_reals((high & low_half) | UINT64_C(0x4530000000000000)) - 0x1.00000001p84;
  const Reals below = as_reals((low & low_half) | UINT64_C(0x4330000000000001));
  // above + below = m 2^e with m in [sqrt(1/2), sqrt(2)).
  constexpr uint64_t sqrt_half = UINT64_C(0x3FE6A09E667F3BCD), one = UINT64_C(0x3FF0000000000000);
  const Bits shifted = as_bits(above + below) + (one - sqrt_half);
  const Reals m = as_reals((shifted & UINT64_C(0x000FFFFFFFFFFFFF)) + sqrt_half);
  const Reals e = as_reals((shifted >> 52) | UINT64_C(0x4330000000000000)) - (0x1p52 + 1023 + 64);
  // ln m = 2 artanh s, s = (m - 1)/(m + 1), |s| < 0.172; artanh(s)/s in powers of s^2, error 2.3e-16.
  const Reals s = (m - 1.0) / (m + 1.0);
  const Reals series =
      polynomial(s * s, {1.0000000000000002, 0.33333333333276427, 0.20000000030886528, 0.14285708007987824,
                         0.11111717460704103, 0.09060961001946821, 0.08418906784449322});
  constexpr double two_ln2 = 1.3862943611198906;
  return e * -two_ln2 - (4.0 * s) * series;
}

struct Direction {
  Reals cosine, sine;
};

/// A uniform point of the unit circle from 64 bits. 52 of them place x on (-1/2, 1/2), at midpoints, and with
/// it a point (cos(pi x / 2), sin(pi x / 2)) of quarter 0. Bit 63 mirrors that to quarter 1; bit 62 exchanges
/// cosine and sine, which takes quarter 0 to 2 and 1 to 3.
///
///         . 2 .
///         1 o 0       divided by the two diagonals
///         . 3 .
[[gnu::always_inline]] inline Direction direction(Bits high, Bits low) {
  const Bits k = (high << 32) | (low & low_half);
  const Reals x = as_reals((k & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000001)) - 1.5;
  const Reals y = x * x;
  const Reals cosine = polynomial(y, {1.0, -1.2337005501361513, 0.25366950789986475, -0.02086348073494657,
                                      0.000919259950041661, -2.520013526428479e-05, 4.6552961874867623e-07});
  const Reals sine =
      x * polynomial(y, {1.5707963267948966, -0.6459640975062443, 0.07969262624604301, -0.004681754132340976,
                         0.0001604411507421909, -3.59864335298231e-06, 5.633933781537854e-08});
  const Reals mirrored = as_reals(as_bits(cosine) ^ (k & UINT64_C(0x8000000000000000)));
  const auto diagonal = (k & UINT64_C(0x4000000000000000)) != 0;
  return {diagonal ? sine : mirrored, diagonal ? mirrored : sine};
}

void normal_pairs(const Counter& first, uint64_t seed, double variance, double* cosines, double* sines,
                  size_t n) {
  Bits lane{};
  for (size_t i = 0; i < lanes; ++i) lane[i] = i;
  for (size_t i = 0; i < n; i += lanes) {
    Bits word[4] = {lane + (first.word[0] + i), first.word[1] + Bits{}, first.word[2] + Bits{},
                    first.word[3] + Bits{}};
    philox4x32_10(word, seed, LowHalfProduct{});
    const Reals radius = square_root(variance * minus_two_log(word[0], word[1]));
    const Direction to = direction(word[2], word[3]);
    store(cosines + i, radius * to.cosine);
    store(sines + i, radius * to.sine);
  }
}

}  // namespace

const NormalKernels normal_kernels{normal_pairs};

}  // namespace fpk::sde::FPK_ISA
