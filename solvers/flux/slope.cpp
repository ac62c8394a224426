#include "solvers/flux/slope.hpp"

#include "parallel/instruction_set.hpp"
#include "solvers/flux/slope_kernels.hpp"

namespace fpk::solvers {

void slopes(const double* z, std::size_t n, double* forward, double* backward, double* log_s) {
#if defined(__x86_64__)
  switch (parallel::instruction_set()) {
    case parallel::InstructionSet::avx512:
      return avx512::bernoulli_pairs(z, n, forward, backward, log_s);
    case parallel::InstructionSet::avx2:
      return avx2::bernoulli_pairs(z, n, forward, backward, log_s);
    case parallel::InstructionSet::plain:
      break;
  }
#endif
  plain::bernoulli_pairs(z, n, forward, backward, log_s);
}

}  // namespace fpk::solvers
