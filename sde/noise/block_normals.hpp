// The normal numbers of one step of a block of 256 particles.
//
// Components 2j and 2j + 1 of a particle are the pair of its Philox block j; a last component without a partner shares
// its block with the particle half a block further on. Of 32 bits: components 4j .. 4j + 3 are the four numbers of block j; of
// what is left, two components are shared with the particle half a block on, and one with those a quarter, two and three
// quarters on. No half of a block is thrown away.
//
// `kept` has one for each draw, (components + 1) / 2 of them or fewer.
//
// Only for *_kernels.cpp files and the headers of sde/fused.
#pragma once

#include "sde/noise/box_muller.hpp"
#include "sde/noise/philox_steps.hpp"

namespace fpk::sde::FPK_ISA {

inline constexpr size_t block_of_particles = 256;  // equal to formula::block_width

/// Pair i < n (a multiple of 32) from block i.
[[gnu::always_inline]] inline void normal_pairs(const BlockRounds& kept, uint32_t step,
                                                const ScaledLogarithm<Resolution::fine>& log, double* cosines,
                                                double* sines, size_t n) {
  for (size_t i = 0; i < n; i += quad) {
    Quad word[4];
    remaining_rounds(kept, i, step, word);
    const auto [cosine, sine] = normal_pair(joined(word[0], word[1]), joined(word[2], word[3]), log);
    store(cosines + i, cosine);
    store(sines + i, sine);
  }
}

/// The same of 32 bits: to[0..4)[i] from block i.
[[gnu::always_inline]] inline void coarse_fours(const BlockRounds& kept, uint32_t step,
                                                const ScaledLogarithm<Resolution::coarse>& log,
                                                double* const (&to)[4], size_t n) {
  for (size_t i = 0; i < n; i += quad) {
    Quad word[4];
    remaining_rounds(kept, i, step, word);
    for (int half = 0; half < 2; ++half) {
      const auto [cosine, sine] = normal_pair(word[2 * half], word[2 * half + 1], log);
      store(to[2 * half] + i, cosine);
      store(to[2 * half + 1] + i, sine);
    }
  }
}

[[gnu::always_inline]] inline void fine_normals(const Stream& stream, uint64_t first_particle, uint64_t step,
                                                const ScaledLogarithm<Resolution::fine>& log,
                                                double* const* to, size_t components, BlockRounds* kept) {
  constexpr size_t half = block_of_particles / 2;
  const auto low = static_cast<uint32_t>(step);
  for (size_t k = 0; k < components; k += 2) {
    BlockRounds& block = kept[k / 2];
    keep_rounds(block, counter(stream, first_particle, step, static_cast<uint32_t>(k / 2)), stream.seed);
    const bool alone = k + 1 == components;
    normal_pairs(block, low, log, to[k], alone ? to[k] + half : to[k + 1], alone ? half : block_of_particles);
  }
}

[[gnu::always_inline]] inline void coarse_normals(const Stream& stream, uint64_t first_particle,
                                                  uint64_t step,
                                                  const ScaledLogarithm<Resolution::coarse>& log,
                                                  double* const* to, size_t components, BlockRounds* kept) {
  constexpr size_t half = block_of_particles / 2, quarter = block_of_particles / 4;
  const auto low = static_cast<uint32_t>(step);
  uint32_t draw = 0;
  for (size_t k = 0, taken = 0; k < components; k += taken, ++draw) {
    BlockRounds& block = kept[draw];
    keep_rounds(block, counter(stream, first_particle, step, draw), stream.seed);
    double* const* x = to + k;
    if (const size_t left = components - k; left >= 4) {
      taken = 4;
      coarse_fours(block, low, log, {x[0], x[1], x[2], x[3]}, block_of_particles);
    } else if (left >= 2) {
      taken = 2;
      coarse_fours(block, low, log, {x[0], x[1], x[0] + half, x[1] + half}, half);
    } else {
      taken = 1;
      coarse_fours(block, low, log, {x[0], x[0] + quarter, x[0] + 2 * quarter, x[0] + 3 * quarter}, quarter);
    }
  }
}

}  // namespace fpk::sde::FPK_ISA
