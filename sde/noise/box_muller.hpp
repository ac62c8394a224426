// Normal numbers by the method of Box and Muller (1958), in the polar form
//
//   Z0 = sqrt(-2 v ln U) cos(phi),   Z1 = sqrt(-2 v ln U) sin(phi),
//
// U uniform on (0, 1), phi on the circle: Z0 and Z1 are independent N(0, v). Of two resolutions:
//
//                      bits of U   of phi   a block of Philox makes   |error|/sqrt(v)   tail ends at
//   Resolution::fine       64        54            2 numbers             4e-15             9.42
//   Resolution::coarse     32        32            4 numbers             4e-10             6.76
//
// The error is that of the arithmetic: the distance from the exact transform of the same U (rounded to a double) and phi. ln, sin
// are our own polynomials (Chebyshev interpolants computed to 60 digits), in plain sums and products, so that all instruction
// sets give the same bits.
//
// What the lattice of U does to the second moment: E[-ln U] over midpoints (k + 1/2)/n is 1 - ln(2)/(2n) + ..., hence
// E[Z^2]/v = 1 - 8.1e-11 for n = 2^32, and 1 - 4e-20 for n = 2^63 (the lowest of 64 bits marks the midpoint).
//
// Only for *_kernels.cpp files and the headers of sde/fused.
#pragma once

#include "sde/noise/interleaved.hpp"

namespace fpk::sde::FPK_ISA {

enum class Resolution { fine, coarse };

/// c[0] + c[1] x + ... by Horner's rule.
template <class R, size_t n>
[[gnu::always_inline]] inline R polynomial(const R& x, const double (&c)[n]) {
  R sum = x * c[n - 1] + c[n - 2];
  for (size_t k = n - 2; k-- > 0;) sum = sum * x + c[k];
  return sum;
}

/// q(r) = ln(1 + r)/r for -0.0295 < r < 0.03125: relative error 6.4e-16, 3.6e-12.
template <Resolution>
struct LogSeries {
  double q[8] = {0.9999999999999994,  -0.5000000000000371,  0.3333333333545408,  -0.24999999960998465,
                 0.19999988432162055, -0.16666762967905505, 0.14305968959811413, -0.12440823130345156};
};
template <>
struct LogSeries<Resolution::coarse> {
  double q[6] = {1.000000000003442,   -0.4999999998842501, 0.333333265970752,
                 -0.2500006287026357, 0.20019592901442168, -0.16609073740376976};
};

/// sin(pi x / 2)/x in powers of x^2 for |x| < 1/2: error 4.9e-18, 6.8e-12.
template <Resolution>
struct SineSeries {
  static constexpr double c[] = {1.5707963267948966,    -0.6459640975062443,   0.07969262624604301,
                                 -0.004681754132340976, 0.0001604411507421909, -3.59864335298231e-06,
                                 5.633933781537854e-08};
};
template <>
struct SineSeries<Resolution::coarse> {
  static constexpr double c[] = {1.5707963267881, -0.6459640961467954, 0.07969258272563062,
                                 -0.004681266256726245, 0.00015820630355647733};
};

/// cos(pi x / 2) in powers of x^2 for |x| < 1/2: error 4.7e-17, 4.8e-11.
template <Resolution>
struct CosineSeries {
  static constexpr double c[] = {1.0,
                                 -1.2337005501361513,
                                 0.25366950789986475,
                                 -0.02086348073494657,
                                 0.000919259950041661,
                                 -2.520013526428479e-05,
                                 4.6552961874867623e-07};
};
template <>
struct CosineSeries<Resolution::coarse> {
  static constexpr double c[] = {0.9999999999524894, -1.2337005406331623, 0.2536692036551135,
                                 -0.02086006950026408, 0.0009036280663802505};
};

/// c ln(u 2^-w), w bits of resolution: u 2^-w is split into 2^e (1 + j/16)(1 + r), j = 0..15, |r| <= 1/32,
///
///     c ln = e (c ln 2) + c ln(1 + j/16) + r (c q(r)),
///
/// so that near u 2^-w = 1, where e = j = 0, nothing cancels. The constants are multiplied by c beforehand.
template <Resolution resolution>
class ScaledLogarithm {
 public:
  explicit ScaledLogarithm(double c) : ln2_(c * 0.6931471805599453) {
    // 1/(1 + j/16) rounded, and minus the logarithm of what it was rounded to.
    constexpr double reciprocal[16] = {1.0,
                                       0.9411764705882353,
                                       0.8888888888888888,
                                       0.8421052631578947,
                                       0.8,
                                       0.7619047619047619,
                                       0.7272727272727273,
                                       0.6956521739130435,
                                       0.6666666666666666,
                                       0.64,
                                       0.6153846153846154,
                                       0.5925925925925926,
                                       0.5714285714285714,
                                       0.5517241379310345,
                                       0.5333333333333333,
                                       0.5161290322580645};
    constexpr double log[16] = {0.0,
                                0.060624621816434854,
                                0.11778303565638351,
                                0.17185025692665928,
                                0.2231435513142097,
                                0.2719337154836418,
                                0.3184537311185346,
                                0.3629054936893685,
                                0.40546510810816444,
                                0.4462871026284195,
                                0.48550781578170077,
                                0.5232481437645479,
                                0.5596157879354228,
                                0.5947071077466928,
                                0.6286086594223742,
                                0.661398482245365};
    for (size_t j = 0; j < 16; ++j) reciprocal_[j] = reciprocal[j], log_[j] = c * log[j];
    for (double& q : series_.q) q *= c;
  }

  template <class R>
  [[gnu::always_inline]] R operator()(const R& u) const {
    constexpr uint64_t one_exponent = UINT64_C(1) << 52, half_a_sixteenth = UINT64_C(1) << 47;
    constexpr uint64_t w = resolution == Resolution::fine ? 64 : 32;
    // u 2^-w with its mantissa rounded up to the next j: exponent e, leading bits of the mantissa j.
    const auto split = as_bits(u) + (half_a_sixteenth - w * one_exponent);
    const auto j = split >> 48;
    // 2^(-e - w) / (1 + j/16)
    const auto scale = as_reals(as_bits(lookup(reciprocal_, j)) + (1023 - w) * one_exponent -
                                (split & UINT64_C(0x7FF0000000000000)));
    const R r = u * scale - 1.0;
    return (exponent(split) * ln2_ + lookup(log_, j)) + r * polynomial(r, series_.q);
  }

 private:
  alignas(64) double reciprocal_[16];
  alignas(64) double log_[16];
  double ln2_;
  LogSeries<resolution> series_;
};

template <class R>
struct NormalPair {
  R cosine, sine;
};

/// radius (cos phi, sin phi). x on (-1/2, 1/2) gives a point (cos(pi x / 2), sin(pi x / 2)) of quarter 0. Bit 63 of `quarter`
/// mirrors that to quarter 1; bit 62 exchanges cosine and sine, which takes quarter 0 to 2 and 1 to 3.
///
///         . 2 .
///         1 o 0       divided by the two diagonals
///         . 3 .
///
template <Resolution resolution, class R, class B>
[[gnu::always_inline]] inline NormalPair<R> turned(const R& radius, const R& x, const B& quarter) {
  constexpr uint64_t mirror = UINT64_C(1) << 63, diagonal = UINT64_C(1) << 62;
  const R y = x * x;
  const R s = x * polynomial(y, SineSeries<resolution>::c);
  const R c = polynomial(y, CosineSeries<resolution>::c);
  const R across = as_reals(as_bits(radius * c) ^ (quarter & mirror)), along = radius * s;
  return {where_set(quarter, diagonal, along, across), where_set(quarter, diagonal, across, along)};
}

/// A pair of N(0, v) from two 64-bit numbers. `log` is that of ScaledLogarithm(-2 v).
///
/// U = (k | 1) 2^-64: never 0, at midpoints of 2^-63. Of the second number 52 bits place x on (-1/2, 1/2), at midpoints.
template <class B>
[[gnu::always_inline]] inline auto normal_pair(const B& radius, const B& angle,
                                               const ScaledLogarithm<Resolution::fine>& log) {
  const auto u = nearest_real(radius | UINT64_C(1));
  const auto x = as_reals((angle & UINT64_C(0x000FFFFFFFFFFFFF)) | UINT64_C(0x3FF0000000000001)) - 1.5;
  return turned<Resolution::fine>(square_root(log(u)), x, angle);
}

/// A pair of N(0, v) from two 32-bit words, in the low halves: U = (r + 1/2) 2^-32, and of the angle 30 bits place x at
/// midpoints.
template <class B>
[[gnu::always_inline]] inline auto normal_pair(const B& radius, const B& angle,
                                               const ScaledLogarithm<Resolution::coarse>& log) {
  const auto u = as_reals((radius & low_half) | UINT64_C(0x4330000000000000)) - (0x1p52 - 0.5);
  const auto k = angle << 32;
  const auto x = as_reals(((k >> 10) & UINT64_C(0x000FFFFFFFC00000)) | UINT64_C(0x3FF0000000200000)) - 1.5;
  return turned<Resolution::coarse>(square_root(log(u)), x, k);
}

}  // namespace fpk::sde::FPK_ISA
