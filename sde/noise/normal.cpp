#include "sde/noise/normal.hpp"

#include "formula/program.hpp"
#include "parallel/instruction_set.hpp"
#include "sde/noise/normal_kernels.hpp"

namespace fpk::sde {

// Components 2j and 2j + 1 of a particle are the pair of its block j. A last component without a partner is
// shared with the particle half a block further on, so that no half of a pair is thrown away.
void fill_normals(const Stream& stream, uint64_t first_particle, uint64_t step, double variance,
                  std::span<double* const> normals) {
  constexpr std::size_t width = formula::block_width, half = width / 2;
  const auto normal_pairs = FPK_KERNELS_IN_USE(normal_kernels).pairs;
  for (std::size_t k = 0; k < normals.size(); k += 2) {
    const Counter first = counter(stream, first_particle, step, static_cast<uint32_t>(k / 2));
    if (k + 1 < normals.size())
      normal_pairs(first, stream.seed, variance, normals[k], normals[k + 1], width);
    else
      normal_pairs(first, stream.seed, variance, normals[k], normals[k] + half, half);
  }
}

}  // namespace fpk::sde
