// Loops over the functions of formula/elementary.hpp, as wide as the instruction set.
//
// Largest errors found over 4e5 random and worst-case points each, in units in the last place: see
// tests/formula/block_math_test.cpp, which allows 1 ulp for exp, log, sin, cos and 3 for tan, sinh, cosh,
// tanh.
#include "formula/elementary.hpp"
#include "formula/kernels.hpp"

namespace fpk::formula::FPK_ISA {
namespace {

// Elementwise, so in and out may be one array: no iteration depends on another.
template <class Function>
void map(const double* x, double* out, size_t n, Function f) {
#pragma GCC ivdep
  for (size_t i = 0; i < n; ++i) out[i] = f(x[i]);
}

bool all_within(const double* x, size_t n, double limit) {
  uint64_t beyond = 0;
  for (size_t i = 0; i < n; ++i) beyond |= static_cast<uint64_t>(elementary::magnitude(x[i]) > limit);
  return beyond == 0;
}

/// The polynomial where the argument reduction holds, libm elsewhere; the choice is made point by point, so
/// that a value does not depend on its neighbours.
template <class Near, class Far>
void map_trigonometric(const double* x, double* out, size_t n, Near near, Far far) {
  for (size_t begin = 0; begin < n; begin += kernel_width) {
    const size_t count = n - begin < kernel_width ? n - begin : kernel_width;
    if (all_within(x + begin, count, elementary::trig_limit)) {
      map(x + begin, out + begin, count, near);
    } else {
      for (size_t i = begin; i < begin + count; ++i)
        out[i] = elementary::magnitude(x[i]) > elementary::trig_limit ? far(x[i]) : near(x[i]);
    }
  }
}

}  // namespace

void exp_of(const double* x, double* out, size_t n) {
  map(x, out, n, [](double v) { return elementary::exp(v); });
}
void log_of(const double* x, double* out, size_t n) {
  map(x, out, n, [](double v) { return elementary::log(v); });
}
void sinh_of(const double* x, double* out, size_t n) {
  map(x, out, n, [](double v) { return elementary::sinh(v); });
}
void cosh_of(const double* x, double* out, size_t n) {
  map(x, out, n, [](double v) { return elementary::cosh(v); });
}
void tanh_of(const double* x, double* out, size_t n) {
  map(x, out, n, [](double v) { return elementary::tanh(v); });
}
void sin_of(const double* x, double* out, size_t n) {
  map_trigonometric(
      x, out, n, [](double v) { return elementary::sin(v); }, [](double v) { return __builtin_sin(v); });
}
void cos_of(const double* x, double* out, size_t n) {
  map_trigonometric(
      x, out, n, [](double v) { return elementary::cos(v); }, [](double v) { return __builtin_cos(v); });
}
void tan_of(const double* x, double* out, size_t n) {
  map_trigonometric(
      x, out, n, [](double v) { return elementary::tan(v); }, [](double v) { return __builtin_tan(v); });
}

}  // namespace fpk::formula::FPK_ISA
