// Compiled-in processes for tests/sde/fused_test.cpp, one copy for each instruction set.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "parallel/kernels.hpp"
#include "sde/noise/noise_kind.hpp"

namespace fpk::sde {

struct FusedKernels {
  /// dX = -2 X dt + dW/2 in d = 2, 3 or 5 variables: the particles of `blocks` blocks from number `first` on, x[k][0 .. 256
  /// blocks), from step `from` to step `to`.
  void (*relax)(NoiseKind kind, size_t d, uint64_t seed, double dt, double* const* x, size_t blocks,
                uint64_t first, uint64_t from, uint64_t to);
};

FPK_DECLARE_KERNELS(FusedKernels, fused_kernels)

}  // namespace fpk::sde
