#include "formula/block_math.hpp"

#include "formula/kernels.hpp"
#include "parallel/instruction_set.hpp"

namespace fpk::formula {
namespace {

constexpr Kernels plain_kernels = {plain::exp_of, plain::log_of, plain::sin_of, plain::cos_of, plain::run};
#if defined(__x86_64__)
constexpr Kernels avx2_kernels = {avx2::exp_of, avx2::log_of, avx2::sin_of, avx2::cos_of, avx2::run};
constexpr Kernels avx512_kernels = {avx512::exp_of, avx512::log_of, avx512::sin_of, avx512::cos_of,
                                    avx512::run};
#endif

}  // namespace

const Kernels& kernels() {
#if defined(__x86_64__)
  switch (parallel::instruction_set()) {
    case parallel::InstructionSet::avx512:
      return avx512_kernels;
    case parallel::InstructionSet::avx2:
      return avx2_kernels;
    case parallel::InstructionSet::plain:
      break;
  }
#endif
  return plain_kernels;
}

void block_exp(const double* x, double* out, std::size_t n) { kernels().exp(x, out, n); }
void block_log(const double* x, double* out, std::size_t n) { kernels().log(x, out, n); }
void block_sin(const double* x, double* out, std::size_t n) { kernels().sin(x, out, n); }
void block_cos(const double* x, double* out, std::size_t n) { kernels().cos(x, out, n); }

}  // namespace fpk::formula
