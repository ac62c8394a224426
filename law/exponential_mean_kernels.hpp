// The kernels of law/exponential_mean.hpp, one copy for each instruction set. Arrays hold box_run numbers, one for
// each box of a run.
#pragma once

#include <stddef.h>

namespace fpk::law {

struct ExponentialKernels {
  /// Least and largest of `count` arrays.
  void (*range)(const double* const* values, size_t count, double* least, double* largest);
  /// out = sum_q weights[q] exp(values[q] - shift); `plain`: no difference exceeds 708 in size.
  void (*sum)(const double* const* values, const double* weights, size_t count, const double* shift,
              bool plain, double* out);
};

#define FPK_EXPONENTIAL_KERNELS(isa)                                                        \
  namespace isa {                                                                           \
  void range_of(const double* const* values, size_t count, double* least, double* largest); \
  void exponential_sum(const double* const* values, const double* weights, size_t count,    \
                       const double* shift, bool plain, double* out);                       \
  }
FPK_EXPONENTIAL_KERNELS(plain)
FPK_EXPONENTIAL_KERNELS(avx2)
FPK_EXPONENTIAL_KERNELS(avx512)
#undef FPK_EXPONENTIAL_KERNELS

}  // namespace fpk::law
