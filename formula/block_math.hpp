// Elementary functions over arrays, in our own polynomials: fast, and the same bits on every instruction set.
//
// Errors against the correctly rounded value, tested over the whole range: see
// formula/block_math_kernels.cpp. n need not be a multiple of anything; in and out may be the same array.
#pragma once

#include <cstddef>

namespace fpk::formula {

void block_exp(const double* x, double* out,
               std::size_t n);  ///< at most 1 ulp; 0 below -745.13, inf above 709.78
void block_log(const double* x, double* out, std::size_t n);  ///< at most 1 ulp; -inf at 0, NaN below
void block_sin(const double* x, double* out, std::size_t n);  ///< at most 1 ulp up to |x| = 1e5, libm beyond
void block_cos(const double* x, double* out, std::size_t n);  ///< at most 1 ulp up to |x| = 1e5, libm beyond

}  // namespace fpk::formula
