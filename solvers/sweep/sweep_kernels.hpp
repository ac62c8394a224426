// The kernels of solvers/sweep/sweep.hpp, one copy for each instruction set.
#pragma once

#include <stddef.h>

#include "parallel/kernels.hpp"

namespace fpk::solvers {

/// out[c] = diagonal[c] x[c] + sum_f ( up_f[c] x[c + shift_f] + down_f[c] x[c - shift_f] )
struct SweepTerms {
  const double* diagonal;
  const double* const* up;
  const double* const* down;
  const ptrdiff_t* shift;
  size_t families;
};

/// Cells [begin, end) of one level: y from x, and sum += of_x x + of_y y unless `sum` is null.
struct SweepRange {
  size_t begin, end;
  const double* x;
  double* y;
  double of_x, of_y;
  double* sum;
};

struct SweepKernels {
  /// y <- scale terms(x) - y.
  void (*chebyshev)(const SweepTerms& terms, double scale, const SweepRange& range);
  /// y <- scale terms(x), and 0 where that is below `least`.
  void (*chain)(const SweepTerms& terms, double scale, double least, const SweepRange& range);
  /// The sum alone.
  void (*add)(const SweepRange& range);
};

FPK_DECLARE_KERNELS(SweepKernels, sweep_kernels)

}  // namespace fpk::solvers
