#include "solvers/flux/slope.hpp"

#include "parallel/instruction_set.hpp"
#include "solvers/flux/slope_kernels.hpp"

namespace fpk::solvers {

void slopes(const double* z, std::size_t n, double* forward, double* backward, double* log_s) {
  FPK_KERNELS_IN_USE(slope_kernels).bernoulli_pairs(z, n, forward, backward, log_s);
}

}  // namespace fpk::solvers
