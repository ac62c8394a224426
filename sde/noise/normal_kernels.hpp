// The kernel of sde/noise/normal.hpp, one copy for each instruction set.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "sde/noise/counter.hpp"

#define FPK_DECLARE                                                                                           \
  /* Pair i < n (a multiple of 8) of N(0, variance), from the counter `first` with i added to its particle. \
   */ \
  void normal_pairs(const Counter& first, uint64_t seed, double variance, double* cosines, double* sines,     \
                    size_t n);

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
