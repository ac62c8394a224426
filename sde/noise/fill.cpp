#include "sde/noise/fill.hpp"

#include <cmath>
#include <vector>

#include "parallel/instruction_set.hpp"
#include "sde/noise/fill_kernels.hpp"

namespace fpk::sde {
namespace {

const FillKernels& kernels() { return FPK_KERNELS_IN_USE(fill_kernels); }

}  // namespace

void fill_increments(const Stream& stream, NoiseKind kind, uint64_t first_particle, uint64_t step,
                     double variance, std::span<double* const> to, std::span<BlockRounds> kept) {
  const FillKernels& k = kernels();
  const bool normal = kind == NoiseKind::normal || kind == NoiseKind::normal_32;
  std::vector<BlockRounds> here;
  if (normal && kept.size() < draws_of_normals(to.size())) {
    here.resize(draws_of_normals(to.size()));
    kept = here;
  }
  switch (kind) {
    case NoiseKind::normal:
      return k.normals(stream, first_particle, step, variance, to.data(), to.size(), kept.data());
    case NoiseKind::normal_32:
      return k.coarse_normals(stream, first_particle, step, variance, to.data(), to.size(), kept.data());
    case NoiseKind::three_point:
      return k.three_points(stream, first_particle, step, std::sqrt(3 * variance), to.data(), to.size());
    case NoiseKind::two_point:
      return k.two_points(stream, first_particle, step, std::sqrt(variance), to.data(), to.size());
  }
}

void fill_signs(const Stream& stream, uint64_t first_particle, uint64_t step, std::span<double* const> to) {
  kernels().two_points(stream, first_particle, step, 1, to.data(), to.size());
}

void fill_uniforms(const Stream& stream, uint64_t first_particle, uint64_t step,
                   std::span<double* const> to) {
  kernels().uniforms(stream, first_particle, step, 1, to.data(), to.size());
}

}  // namespace fpk::sde
