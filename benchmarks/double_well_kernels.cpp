#include "benchmarks/double_well_kernels.hpp"

#include "sde/fused/steps.hpp"

namespace fpk::sde::FPK_ISA {
namespace {

/// x + b dt with b = -grad L, factored: x - 4 x (x^2 - 1) dt = x ((1 + 4 dt) - 4 dt x^2), y - 2 y dt = (1 - 2 dt) y.
struct DoubleWellStep {
  explicit DoubleWellStep(double dt) : one(1 + 4 * dt), cubic(4 * dt), y(1 - 2 * dt) {}
  template <class R>
  void operator()(const R (&x)[2], R (&to)[2]) const {
    to[0] = x[0] * (one - cubic * x[0] * x[0]);
    to[1] = y * x[1];
  }
  double one, cubic, y;
};

template <NoiseKind kind>
void run_with(uint64_t seed, double temperature, double dt, double* x, double* y, size_t blocks,
              uint64_t first, uint64_t from, uint64_t to) {
  const Steps<kind, 2, DoubleWellStep> steps({seed}, 2 * temperature * dt, DoubleWellStep(dt));
  for (size_t b = 0; b < blocks; ++b) {
    double* const block[2] = {x + plane_width * b, y + plane_width * b};
    steps.advance(block, first + plane_width * b, from, to);
  }
}

void run(NoiseKind kind, uint64_t seed, double temperature, double dt, double* x, double* y, size_t blocks,
         uint64_t first, uint64_t from, uint64_t to) {
  switch (kind) {
    case NoiseKind::normal:
      return run_with<NoiseKind::normal>(seed, temperature, dt, x, y, blocks, first, from, to);
    case NoiseKind::normal_32:
      return run_with<NoiseKind::normal_32>(seed, temperature, dt, x, y, blocks, first, from, to);
    case NoiseKind::three_point:
      return run_with<NoiseKind::three_point>(seed, temperature, dt, x, y, blocks, first, from, to);
    case NoiseKind::two_point:
      return run_with<NoiseKind::two_point>(seed, temperature, dt, x, y, blocks, first, from, to);
  }
}

}  // namespace

const DoubleWellKernels double_well_kernels{run};

}  // namespace fpk::sde::FPK_ISA
