// The kernels of sde/noise/fill.hpp, one copy for each instruction set.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "parallel/kernels.hpp"
#include "sde/noise/kept_rounds.hpp"

namespace fpk::sde {

/// The block of particles that begins with first_particle, at a step: to[k][0..256), k < components.
struct FillKernels {
  using Fill = void (*)(const Stream& stream, uint64_t first_particle, uint64_t step, double scale,
                        double* const* to, size_t components);
  /// Of that variance. `kept`: draws_of_normals() of them.
  using FillNormals = void (*)(const Stream& stream, uint64_t first_particle, uint64_t step, double variance,
                               double* const* to, size_t components, BlockRounds* kept);
  FillNormals normals, coarse_normals;
  Fill two_points;    ///< +-scale
  Fill three_points;  ///< +-scale or 0
  Fill uniforms;      ///< `scale` is not used
};

FPK_DECLARE_KERNELS(FillKernels, fill_kernels)

}  // namespace fpk::sde
