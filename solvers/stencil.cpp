#include "solvers/stencil.hpp"

#include <algorithm>

#include "parallel/threads.hpp"

namespace fpk::solvers {
namespace {

/// Cells for which all terms are added up before moving on: the partial sums stay in the L1 cache.
constexpr std::size_t strip = 1024;
/// Cells per task of a thread.
constexpr std::size_t task = 16 * strip;

void apply_strip(std::span<const StencilTerm> terms, const double* diagonal, const double* in, double* out,
                 std::size_t n) {
  for (std::size_t c = 0; c < n; ++c) out[c] = -diagonal[c] * in[c];
  // Two terms at a time: the forward and backward rates of a family.
  std::size_t k = 0;
  for (; k + 1 < terms.size(); k += 2) {
    const double *w = terms[k].weight, *v = terms[k + 1].weight;
    const double *x = in + terms[k].shift, *y = in + terms[k + 1].shift;
    for (std::size_t c = 0; c < n; ++c) out[c] += w[c] * x[c] + v[c] * y[c];
  }
  for (; k < terms.size(); ++k) {
    const double *w = terms[k].weight, *x = in + terms[k].shift;
    for (std::size_t c = 0; c < n; ++c) out[c] += w[c] * x[c];
  }
}

}  // namespace

void apply_stencil(std::span<const StencilTerm> terms, std::span<const double> diagonal, const double* in,
                   std::span<double> out) {
  parallel::for_each_chunk(out.size(), task, [&](std::size_t begin, std::size_t end, std::size_t) {
    std::vector<StencilTerm> here(terms.begin(), terms.end());
    for (std::size_t c = begin; c < end; c += strip) {
      for (std::size_t k = 0; k < here.size(); ++k) here[k].weight = terms[k].weight + c;
      apply_strip(here, diagonal.data() + c, in + c, out.data() + c, std::min(strip, end - c));
    }
  });
}

}  // namespace fpk::solvers
