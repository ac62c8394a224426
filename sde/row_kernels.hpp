// The kernels of random rows, one copy for each instruction set; for a block of 256 particles. All give the same bits.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "parallel/kernels.hpp"
#include "sde/noise/counter.hpp"

namespace fpk::sde {

struct RowKernels {
  /// to[256 k + i]: random word k < count of particle first_particle + i at a step, times `below` over 2^32 and rounded down: a row of
  /// a table of `below` rows. below = 2^32 leaves the word as it is.
  void (*rows)(const Stream& from, uint64_t first_particle, uint64_t step, uint64_t below, size_t count,
               uint32_t* to);
  /// Words become `count` different rows of a table of `of`, for each particle: the first of its rows after that many exchanges of
  /// Fisher and Yates, as in sde/row_draws.hpp. Takes count^2 comparisons; `scratch`: 512 count words.
  void (*different)(size_t of, size_t count, uint32_t* words, uint32_t* scratch);
  /// to[i] = column[row[i]], i < 256; rows below 2^31.
  void (*gather)(const double* column, const uint32_t* row, double* to);
};

FPK_DECLARE_KERNELS(RowKernels, row_kernels)

}  // namespace fpk::sde
