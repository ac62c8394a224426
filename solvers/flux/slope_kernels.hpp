// The kernels of solvers/flux/slope.hpp, one copy for each instruction set.
#pragma once

#include <stddef.h>

namespace fpk::solvers {

#define FPK_SLOPE_KERNELS(isa)                                                                       \
  namespace isa {                                                                                    \
  void bernoulli_pairs(const double* z, size_t n, double* forward, double* backward, double* log_s); \
  }
FPK_SLOPE_KERNELS(plain)
FPK_SLOPE_KERNELS(avx2)
FPK_SLOPE_KERNELS(avx512)
#undef FPK_SLOPE_KERNELS

}  // namespace fpk::solvers
