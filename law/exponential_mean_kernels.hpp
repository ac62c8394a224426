// The kernels of law/exponential_mean.hpp, one copy for each instruction set. Arrays hold box_run numbers, one for
// each box of a run.
#pragma once

#include <stddef.h>

#include "parallel/kernels.hpp"

namespace fpk::law {

struct ExponentialKernels {
  /// Least and largest of `count` arrays.
  void (*range)(const double* const* values, size_t count, double* least, double* largest);
  /// out = sum_q weights[q] exp(values[q] - shift); `plain`: no difference exceeds 708 in size.
  void (*sum)(const double* const* values, const double* weights, size_t count, const double* shift,
              bool plain, double* out);
};

FPK_DECLARE_KERNELS(ExponentialKernels, exponential_kernels)

}  // namespace fpk::law
