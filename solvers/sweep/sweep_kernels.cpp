// Equations in solvers/sweep/sweep_kernels.hpp. The number of families is known to the compiler, so that a level is one
// loop over the cells.
#include "solvers/sweep/sweep_kernels.hpp"

namespace fpk::solvers::FPK_ISA {
namespace {

/// Writes level(c, terms(x)[c], x[c]) to y[c], and adds to the sum.
template <int families, bool with_sum, class Level>
void level_of(const SweepTerms& terms, const SweepRange& range, Level level) {
  const double *up[families], *down[families], *above[families], *below[families];
  for (int f = 0; f < families; ++f) {
    up[f] = terms.up[f];
    down[f] = terms.down[f];
    above[f] = range.x + terms.shift[f];
    below[f] = range.x - terms.shift[f];
  }
  const double *diagonal = terms.diagonal, *x = range.x;
  double *y = range.y, *sum = range.sum;
  const double of_x = range.of_x, of_y = range.of_y;
#pragma GCC ivdep
  for (size_t c = range.begin; c < range.end; ++c) {
    double s = diagonal[c] * x[c];
#pragma GCC unroll 8
    for (int f = 0; f < families; ++f) s += up[f][c] * above[f][c] + down[f][c] * below[f][c];
    const double next = level(s, y[c]);
    y[c] = next;
    if constexpr (with_sum) sum[c] += of_x * x[c] + of_y * next;
  }
}

template <int families, class Level>
void level_of(const SweepTerms& terms, const SweepRange& range, Level level) {
  if (range.sum != nullptr) {
    level_of<families, true>(terms, range, level);
  } else {
    level_of<families, false>(terms, range, level);
  }
}

/// Any number of families, a strip of cells that stays in the L1 cache at a time.
template <class Level>
void level_of_many(const SweepTerms& terms, const SweepRange& range, Level level) {
  constexpr size_t strip = 512;
  double s[strip];
  for (size_t begin = range.begin; begin < range.end; begin += strip) {
    const size_t n = range.end - begin < strip ? range.end - begin : strip;
    const double *x = range.x + begin, *diagonal = terms.diagonal + begin;
    for (size_t c = 0; c < n; ++c) s[c] = diagonal[c] * x[c];
    for (size_t f = 0; f < terms.families; ++f) {
      const double *up = terms.up[f] + begin, *down = terms.down[f] + begin;
      const double *above = x + terms.shift[f], *below = x - terms.shift[f];
      for (size_t c = 0; c < n; ++c) s[c] += up[c] * above[c] + down[c] * below[c];
    }
    double *y = range.y + begin, *sum = range.sum;
#pragma GCC ivdep
    for (size_t c = 0; c < n; ++c) y[c] = level(s[c], y[c]);
    if (sum == nullptr) continue;
    sum += begin;
#pragma GCC ivdep
    for (size_t c = 0; c < n; ++c) sum[c] += range.of_x * x[c] + range.of_y * y[c];
  }
}

template <class Level>
void any_families(const SweepTerms& terms, const SweepRange& range, Level level) {
  switch (terms.families) {
    case 1:
      return level_of<1>(terms, range, level);
    case 2:
      return level_of<2>(terms, range, level);
    case 3:
      return level_of<3>(terms, range, level);
    default:
      return level_of_many(terms, range, level);
  }
}

void chebyshev_level(const SweepTerms& terms, double scale, const SweepRange& range) {
  any_families(terms, range, [=](double s, double y) { return scale * s - y; });
}

void chain_level(const SweepTerms& terms, double scale, double least, const SweepRange& range) {
  any_families(terms, range, [=](double s, double /*y*/) {
    const double next = scale * s;
    return next > least ? next : 0.0;
  });
}

void add_level(const SweepRange& range) {
  const double *x = range.x, *y = range.y, of_x = range.of_x, of_y = range.of_y;
  double* sum = range.sum;
#pragma GCC ivdep
  for (size_t c = range.begin; c < range.end; ++c) sum[c] += of_x * x[c] + of_y * y[c];
}

}  // namespace

const SweepKernels sweep_kernels{chebyshev_level, chain_level, add_level};

}  // namespace fpk::solvers::FPK_ISA
