// The kernels of sde/block.hpp, one copy for each instruction set; arrays of n numbers, a multiple of 32.
#pragma once

#include <stddef.h>

#include "parallel/kernels.hpp"

namespace fpk::sde {

struct BlockKernels {
  void (*add_multiple)(double* x, double c, const double* y, size_t n);
  void (*add_two_multiples)(double* x, double c, const double* y, double d, const double* z, size_t n);
  void (*add_product)(double* x, const double* y, const double* z, size_t n);
  void (*set_sum)(double* x, const double* y, const double* z, size_t n);
  bool (*is_inside)(const double* x, double lower, double upper, size_t n);
  bool (*is_near)(const double* x, const double* y, double wall, double reach, const double* square,
                  size_t n);
};

FPK_DECLARE_KERNELS(BlockKernels, block_kernels)

}  // namespace fpk::sde
