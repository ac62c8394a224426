#include "tests/sde/fused_kernels.hpp"

#include "sde/fused/steps.hpp"

namespace fpk::sde::FPK_ISA {
namespace {

struct Relaxation {
  template <class R, size_t d>
  void operator()(const R (&x)[d], R (&b)[d]) const {
    for (size_t k = 0; k < d; ++k) b[k] = -2.0 * x[k];
  }
};

struct Run {
  uint64_t seed;
  double dt;
  double* const* x;
  size_t blocks;
  uint64_t first, from, to;

  template <NoiseKind kind, size_t d>
  void operator()() const {
    const Steps<kind, d, Euler<Relaxation>> steps({seed}, 0.25 * dt, {dt, {}});
    for (size_t b = 0; b < blocks; ++b) {
      double* block[d];
      for (size_t k = 0; k < d; ++k) block[k] = x[k] + plane_width * b;
      steps.advance(block, first + plane_width * b, from, to);
    }
  }
};

template <NoiseKind kind>
void in_dimension(size_t d, const Run& run) {
  switch (d) {
    case 2:
      return run.operator()<kind, 2>();
    case 3:
      return run.operator()<kind, 3>();
    case 5:
      return run.operator()<kind, 5>();
    default:
      return;
  }
}

void relax(NoiseKind kind, size_t d, uint64_t seed, double dt, double* const* x, size_t blocks,
           uint64_t first, uint64_t from, uint64_t to) {
  const Run run{seed, dt, x, blocks, first, from, to};
  switch (kind) {
    case NoiseKind::normal:
      return in_dimension<NoiseKind::normal>(d, run);
    case NoiseKind::normal_32:
      return in_dimension<NoiseKind::normal_32>(d, run);
    case NoiseKind::three_point:
      return in_dimension<NoiseKind::three_point>(d, run);
    case NoiseKind::two_point:
      return in_dimension<NoiseKind::two_point>(d, run);
  }
}

}  // namespace

const FusedKernels fused_kernels{relax};

}  // namespace fpk::sde::FPK_ISA
