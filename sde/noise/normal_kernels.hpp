// The kernel of sde/noise/normal.hpp, one copy for each instruction set.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "parallel/kernels.hpp"
#include "sde/noise/counter.hpp"

namespace fpk::sde {

struct NormalKernels {
  /// Pair i < n (a multiple of 8) of N(0, variance), from the counter `first` with i added to its particle.
  void (*pairs)(const Counter& first, uint64_t seed, double variance, double* cosines, double* sines,
                size_t n);
};

FPK_DECLARE_KERNELS(NormalKernels, normal_kernels)

}  // namespace fpk::sde
