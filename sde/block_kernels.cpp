// Loops plain enough for the compiler to make vectors of them; compiled once for each instruction set.
#include "sde/block_kernels.hpp"

namespace fpk::sde::FPK_ISA {
namespace {

void add_multiple(double* __restrict x, double c, const double* __restrict y, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] += c * y[i];
}

void add_product(double* __restrict x, const double* __restrict y, const double* __restrict z, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] += y[i] * z[i];
}

void set_sum(double* __restrict x, const double* __restrict y, const double* __restrict z, size_t n) {
  for (size_t i = 0; i < n; ++i) x[i] = y[i] + z[i];
}

bool is_inside(const double* x, double lower, double upper, size_t n) {
  long outside =
      0;  // as wide as a double, so that the loop counts in vectors; no early exit for the same reason
  for (size_t i = 0; i < n; ++i)
    outside |= static_cast<long>(!(x[i] >= lower)) | static_cast<long>(!(x[i] <= upper));
  return outside == 0;
}

}  // namespace

const BlockKernels block_kernels{add_multiple, add_product, set_sum, is_inside};

}  // namespace fpk::sde::FPK_ISA
