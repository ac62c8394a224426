#include "formula/block_math.hpp"

#include "formula/kernels.hpp"
#include "parallel/instruction_set.hpp"

namespace fpk::formula {
const Kernels& kernels() { return FPK_KERNELS_IN_USE(formula_kernels); }

void block_exp(const double* x, double* out, std::size_t n) { kernels().exp(x, out, n); }
void block_log(const double* x, double* out, std::size_t n) { kernels().log(x, out, n); }
void block_sin(const double* x, double* out, std::size_t n) { kernels().sin(x, out, n); }
void block_cos(const double* x, double* out, std::size_t n) { kernels().cos(x, out, n); }

}  // namespace fpk::formula
