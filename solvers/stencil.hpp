// The one loop behind every use of a generator:  out[c] = -diagonal[c] in[c] + sum_k weight_k[c + at_k] in[c
// + shift_k].
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace fpk::solvers {

struct StencilTerm {
  const double* weight;  ///< already moved by at_k
  std::ptrdiff_t shift;
};

/// `in` may be read from -halo to size + halo.
void apply_stencil(std::span<const StencilTerm> terms, std::span<const double> diagonal, const double* in,
                   std::span<double> out);

}  // namespace fpk::solvers
