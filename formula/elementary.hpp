// exp, log, sin, cos and their kin for one double: no table, no branch, no fused multiply-add, so that a
// compiler turns a loop over them into vectors and every instruction set gives the same bits.
//
//   exp(x) = 2^k (1 + s),  k = round(x / ln 2),  r = x - k ln 2,  s = expm1(r) by its Taylor series, |r| <=
//   0.347 log(x) = k ln 2 + log(1+f),  1+f in [sqrt(1/2), sqrt(2)),  by the series of 2 atanh(f/(2+f)),
//   |f/(2+f)| <= 0.172 sin(x) = +-sin(r) or +-cos(r),  r = x - k pi/2,  |r| <= pi/4, by Taylor series
//
// The constants of the reductions are split in pieces short enough that k times a piece is exact (Cody and
// Waite 1980, "Software Manual for the Elementary Functions"); what is lost in r is carried along as a tail.
// Series are cut where the first term left out is below 2^-56 of the result.
// Included by the kernels: C headers only, everything of internal linkage.
#pragma once

#include <stdint.h>

namespace fpk::formula::elementary {

#define FPK_INLINE [[gnu::always_inline, maybe_unused]] static inline

constexpr double infinity = __builtin_inf();
constexpr double trig_limit = 1e5;  ///< up to here k pieces of pi/2 are exact; beyond, libm

FPK_INLINE uint64_t bits(double x) { return __builtin_bit_cast(uint64_t, x); }
FPK_INLINE double from_bits(uint64_t b) { return __builtin_bit_cast(double, b); }
constexpr uint64_t sign_bit = 0x8000000000000000U;
FPK_INLINE double magnitude(double x) { return from_bits(bits(x) & ~sign_bit); }
FPK_INLINE double with_sign_of(double x, double y) { return from_bits(bits(x) | (bits(y) & sign_bit)); }

// Adding 1.5 * 2^52 leaves no room for a fraction: the sum is rounded to an integer, which stands in its low
// bits.
constexpr double to_integer = 0x1.8p52;
FPK_INLINE double nearest(double x) { return (x + to_integer) - to_integer; }
FPK_INLINE double two_to(double k) { return from_bits((bits(k + to_integer) + 1023U) << 52U); }

/// y * 2^k for |k| < 2046, rounded once where the result is subnormal.
FPK_INLINE double scale(double y, double k) {
  const double half = nearest(0.5 * k);
  return y * two_to(half) * two_to(k - half);
}

/// c0 + c1 x + c2 x^2 + c3 x^3, given x2 = x^2. Polynomials are sums of these (Estrin 1960): their parts do
/// not wait for each other as Horner's do.
FPK_INLINE double cubic(double x, double x2, double c0, double c1, double c2, double c3) {
  return (c0 + c1 * x) + x2 * (c2 + c3 * x);
}

// ---- exp and the hyperbolic functions

struct Exponential {
  double k, s;  ///< exp(x) = 2^k (1 + s)
};

FPK_INLINE Exponential exponential(double x) {
  constexpr double log2_e = 0x1.71547652b82fep+0, ln2_high = 0x1.62e42fefa3800p-1,
                   ln2_low = 0x1.ef35793c76730p-45;
  const double k = nearest(x * log2_e);
  const double high = x - k * ln2_high, low = k * ln2_low, r = high - low;
  const double r2 = r * r, r4 = r2 * r2;
  const double q0 = cubic(r, r2, 0.5, 1.0 / 6.0, 1.0 / 24.0, 1.0 / 120.0);
  const double q4 = cubic(r, r2, 1.0 / 720.0, 1.0 / 5040.0, 1.0 / 40320.0, 1.0 / 362880.0);
  const double q8 = cubic(r, r2, 1.0 / 3628800.0, 1.0 / 39916800.0, 1.0 / 479001600.0, 1.0 / 6227020800.0);
  return {k, high + (r2 * (q0 + r4 * (q4 + r4 * q8)) - low)};
}

FPK_INLINE double exp(double x) {
  x = x > 710.0 ? 710.0 : x;
  x = x < -746.0 ? -746.0 : x;
  const Exponential e = exponential(x);
  return scale(1.0 + e.s, e.k);
}

constexpr double plain_exp_limit = 708.0;  ///< up to here the result is a normal number

/// The same bits as exp, sooner, for |x| <= plain_exp_limit: k is added to the exponent of 1 + s.
FPK_INLINE double plain_exp(double x) {
  const Exponential e = exponential(x);
  return from_bits(bits(1.0 + e.s) + (bits(e.k + to_integer) << 52U));
}

/// sinh = 2^(k-1) u + u / (2 (1+s)) with u = s + (1 - 2^-k) = 2^-k expm1(x): nothing cancels near 0.
/// Below 2^-28 it is x, whose half might underflow.
FPK_INLINE double sinh(double x) {
  double a = magnitude(x);
  a = a > 711.0 ? 711.0 : a;
  const Exponential e = exponential(a);
  const double u = e.s + (1.0 - two_to(-e.k < -1022.0 ? -1022.0 : -e.k));
  const double value = scale(u, e.k - 1.0) + 0.5 * (u / (1.0 + e.s));
  return with_sign_of(a < 0x1p-28 ? a : value, x);
}

FPK_INLINE double cosh(double x) {
  double a = magnitude(x);
  a = a > 711.0 ? 711.0 : a;
  const Exponential e = exponential(a);
  return scale(1.0 + e.s, e.k - 1.0) + scale(1.0 / (1.0 + e.s), -e.k - 1.0);
}

/// tanh = t / (t + 2) with t = expm1(2 |x|); 1 to round-off beyond 22.
FPK_INLINE double tanh(double x) {
  double a = magnitude(x);
  a = a > 22.0 ? 22.0 : a;
  const Exponential e = exponential(a + a);
  const double t = two_to(e.k) * (e.s + (1.0 - two_to(-e.k)));
  return with_sign_of(t / (t + 2.0), x);
}

// ---- log

/// log(x * 2^-k_less) for a positive normal x.
FPK_INLINE double log_of_normal(double x, double k_less) {
  constexpr double ln2_high = 0x1.62e42fefa3800p-1, ln2_low = 0x1.ef35793c76730p-45;
  constexpr uint64_t sqrt_half = 0x3fe6a09e667f3bcdU, one = 0x3ff0000000000000U,
                     mantissa = 0x000fffffffffffffU;
  const uint64_t u = bits(x) + (one - sqrt_half);
  const double f = from_bits((u & mantissa) + sqrt_half) - 1.0;
  const double k = from_bits(bits(0x1p52) | (u >> 52U)) - (0x1p52 + 1023.0) - k_less;
  const double s = f / (2.0 + f), z = s * s, half_square = 0.5 * f * f;
  const double z2 = z * z, z4 = z2 * z2;
  const double q0 = cubic(z, z2, 2.0 / 3.0, 2.0 / 5.0, 2.0 / 7.0, 2.0 / 9.0);
  const double q4 = cubic(z, z2, 2.0 / 11.0, 2.0 / 13.0, 2.0 / 15.0, 2.0 / 17.0);
  const double q = q0 + z4 * (q4 + z4 * (2.0 / 19.0 + z * (2.0 / 21.0)));
  // log(1+f) = 2s + s z q = f - (f^2/2 - s (f^2/2 + z q)), the form in which the large part f is exact.
  return k * ln2_high - ((half_square - (s * (half_square + z * q) + k * ln2_low)) - f);
}

FPK_INLINE double log(double x) {
  const bool subnormal = x < 0x1p-1022;
  const double value = log_of_normal(subnormal ? x * 0x1p54 : x, subnormal ? 54.0 : 0.0);
  const double in_range = x < infinity ? value : x;
  return x > 0.0 ? in_range : (x == 0.0 ? -infinity : __builtin_nan(""));
}

// ---- trigonometry

struct Angle {
  double r, tail;     ///< x - k pi/2 = r + tail
  uint64_t quadrant;  ///< k in its low bits
};

FPK_INLINE Angle reduce(double x) {
  constexpr double two_over_pi = 0x1.45f306dc9c883p-1;
  constexpr double half_pi_1 = 0x1.921fb54440000p+0, half_pi_2 = 0x1.68c234c4c0000p-39,
                   half_pi_3 = 0x1.98a2e03707345p-77;
  const double shifted = x * two_over_pi + to_integer, k = shifted - to_integer;
  const double a = x - k * half_pi_1;
  const double second = k * half_pi_2, b = a - second;
  const double rest = ((a - b) - second) - k * half_pi_3;
  const double r = b + rest;
  return {r, (b - r) + rest, bits(shifted)};
}

/// a where the lowest bit of n is set, else b; in integers, which every instruction set can do to a vector.
FPK_INLINE double by_parity(uint64_t n, double a, double b) {
  const uint64_t mask = uint64_t{0} - (n & 1U);
  return from_bits((bits(a) & mask) | (bits(b) & ~mask));
}

FPK_INLINE double sin_near_0(double r, double tail) {
  const double z = r * r;
  const double z2 = z * z;
  const double q0 = cubic(z, z2, -1.0 / 6.0, 1.0 / 120.0, -1.0 / 5040.0, 1.0 / 362880.0);
  const double q4 =
      cubic(z, z2, -1.0 / 39916800.0, 1.0 / 6227020800.0, -1.0 / 1307674368000.0, 1.0 / 355687428096000.0);
  const double q = q0 + z2 * z2 * q4;
  return r + (r * z * q + tail * (1.0 - 0.5 * z));
}

FPK_INLINE double cos_near_0(double r, double tail) {
  const double z = r * r, half_square = 0.5 * z, w = 1.0 - half_square;
  const double z2 = z * z;
  const double q0 = cubic(z, z2, 1.0 / 24.0, -1.0 / 720.0, 1.0 / 40320.0, -1.0 / 3628800.0);
  const double q4 = (1.0 / 479001600.0 - z * (1.0 / 87178291200.0)) + z2 * (1.0 / 20922789888000.0);
  const double q = q0 + z2 * z2 * q4;
  return w + (((1.0 - w) - half_square) + (z2 * q - r * tail));
}

/// For |x| <= trig_limit.
FPK_INLINE double sin(double x) {
  const Angle a = reduce(magnitude(x));
  const double value = by_parity(a.quadrant, cos_near_0(a.r, a.tail), sin_near_0(a.r, a.tail));
  return from_bits(bits(value) ^ ((bits(x) & sign_bit) ^ ((a.quadrant & 2U) << 62U)));
}

/// For |x| <= trig_limit.
FPK_INLINE double cos(double x) {
  const Angle a = reduce(magnitude(x));
  const double value = by_parity(a.quadrant, sin_near_0(a.r, a.tail), cos_near_0(a.r, a.tail));
  return from_bits(bits(value) ^ (((a.quadrant + 1U) & 2U) << 62U));
}

/// For |x| <= trig_limit.
FPK_INLINE double tan(double x) {
  const Angle a = reduce(magnitude(x));
  const double s = sin_near_0(a.r, a.tail), c = cos_near_0(a.r, a.tail);
  const double value = by_parity(a.quadrant, c, s) / by_parity(a.quadrant, s, c);
  return from_bits(bits(value) ^ ((bits(x) & sign_bit) ^ (a.quadrant << 63U)));
}

// ---- powers

/// x^n, n >= 1, by repeated squaring: the one order of multiplications, for numbers and for compiled code
/// alike.
template <class T, class Multiply>
[[maybe_unused]] static inline T integer_power(T x, unsigned n, Multiply multiply) {
  while (n % 2 == 0) {
    x = multiply(x, x);
    n /= 2;
  }
  T result = x;
  for (n /= 2; n != 0; n /= 2) {
    x = multiply(x, x);
    if (n % 2 == 1) result = multiply(result, x);
  }
  return result;
}

constexpr double largest_integer_power = 16.0;  ///< up to here as products, beyond by libm

FPK_INLINE bool is_small_integer(double n) {
  return n == __builtin_trunc(n) && n != 0.0 && magnitude(n) <= largest_integer_power;
}

/// x^y: square root and products for the exponents 0, 1/2 and small integers, else libm.
[[maybe_unused]] static inline double power(double x, double y) {
  if (y == 0.0) return 1.0;
  if (y == 0.5) return __builtin_sqrt(x);
  if (!is_small_integer(y)) return __builtin_pow(x, y);
  const double p =
      integer_power(x, static_cast<unsigned>(magnitude(y)), [](double a, double b) { return a * b; });
  return y < 0.0 ? 1.0 / p : p;
}

// ---- the rest, so that folding and running agree

FPK_INLINE double min(double a, double b) { return a < b ? a : b; }
FPK_INLINE double max(double a, double b) { return a > b ? a : b; }
FPK_INLINE double sign(double x) { return x > 0.0 ? 1.0 : (x < 0.0 ? -1.0 : x); }

}  // namespace fpk::formula::elementary
