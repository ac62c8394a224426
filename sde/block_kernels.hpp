// The kernels of sde/block.hpp, one copy for each instruction set.
#pragma once

#include <stddef.h>

#define FPK_DECLARE                                                        \
  void add_multiple(double* x, double c, const double* y, size_t n);       \
  void add_product(double* x, const double* y, const double* z, size_t n); \
  void set_sum(double* x, const double* y, const double* z, size_t n);     \
  bool is_inside(const double* x, double lower, double upper, size_t n);

namespace fpk::sde::plain {
FPK_DECLARE
}
#if defined(__x86_64__)
namespace fpk::sde::avx2 {
FPK_DECLARE
}
namespace fpk::sde::avx512 {
FPK_DECLARE
}
#endif

#undef FPK_DECLARE
