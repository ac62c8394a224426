// Numbers of twice the precision: the unevaluated sum hi + lo of two doubles, |lo| <= ulp(hi) / 2; 106 bits, 1e-32.
//
//     a + b = s + e,   s = fl(a + b)     e = (a - (s - z)) + (b - z),   z = s - a          (Knuth 1969, section 4.2.2)
//     a b   = p + e,   p = fl(a b)       e = fma(a, b, -p)
//
// Both are exact, and what follows from them is good to a few 2^-104 of the larger operand. (Dekker 1971, Numer. Math. 18; Hida, Li,
// Bailey 2001)
#pragma once

#include <cmath>

namespace fpk::solvers {

struct DoubleDouble {
  double hi = 0, lo = 0;
};

/// a + b, exactly.
inline DoubleDouble exact_sum(double a, double b) {
  const double s = a + b, z = s - a;
  return {s, (a - (s - z)) + (b - z)};
}

/// a b, exactly but for underflow.
inline DoubleDouble exact_product(double a, double b) {
  const double p = a * b;
  return {p, std::fma(a, b, -p)};
}

inline DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble high = exact_sum(a.hi, b.hi), low = exact_sum(a.lo, b.lo);
  const DoubleDouble sum = exact_sum(high.hi, high.lo + low.hi);
  return exact_sum(sum.hi, sum.lo + low.lo);
}

inline DoubleDouble operator-(DoubleDouble a) { return {-a.hi, -a.lo}; }
inline DoubleDouble operator-(DoubleDouble a, DoubleDouble b) { return a + (-b); }

inline DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble p = exact_product(a.hi, b.hi);
  return exact_sum(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

inline DoubleDouble& operator+=(DoubleDouble& a, DoubleDouble b) { return a = a + b; }

}  // namespace fpk::solvers
