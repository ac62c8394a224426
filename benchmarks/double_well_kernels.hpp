// The two-dimensional double well of the particle benchmark, compiled in: an example of sde/fused/steps.hpp.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "parallel/kernels.hpp"
#include "sde/noise/noise_kind.hpp"

namespace fpk::sde {

/// dX = -grad L dt + sqrt(2 D) dW, L = (x^2 - 1)^2 + y^2, by Euler and Maruyama's scheme: particles `first` (a multiple of 256) and
/// on, x[0..256 blocks) and y alike, from step `from` to step `to`.
struct DoubleWellKernels {
  void (*run)(NoiseKind kind, uint64_t seed, double temperature, double dt, double* x, double* y,
              size_t blocks, uint64_t first, uint64_t from, uint64_t to);
};

FPK_DECLARE_KERNELS(DoubleWellKernels, double_well_kernels)

}  // namespace fpk::sde
