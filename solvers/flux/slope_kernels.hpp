// The kernel of solvers/flux/slope.hpp, one copy for each instruction set.
#pragma once

#include <stddef.h>

#include "parallel/kernels.hpp"

namespace fpk::solvers {

struct SlopeKernels {
  void (*bernoulli_pairs)(const double* z, size_t n, double* forward, double* backward, double* log_s);
};

FPK_DECLARE_KERNELS(SlopeKernels, slope_kernels)

}  // namespace fpk::solvers
