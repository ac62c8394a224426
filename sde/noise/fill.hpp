// Random numbers for a block of particles at one step.
//
// All: a pure function of the arguments (and, for normal numbers, of how many components there are); the same bits on every
// instruction set. `first_particle` is a multiple of formula::block_width; to[k][i] is component k of particle
// first_particle + i, i < formula::block_width. docs/noise.md says how each law is made and how exactly.
#pragma once

#include <span>

#include "sde/noise/kept_rounds.hpp"
#include "sde/noise/noise_kind.hpp"

namespace fpk::sde {

/// How many blocks of random bits a particle's normal numbers take, at most.
constexpr std::size_t draws_of_normals(std::size_t components) { return (components + 1) / 2; }

/// Independent numbers of that law, mean 0, variance `variance`. `kept`, draws_of_normals(to.size()) of them, makes the next step
/// of the same block cheaper; without it nothing is kept.
void fill_increments(const Stream& stream, NoiseKind kind, uint64_t first_particle, uint64_t step,
                     double variance, std::span<double* const> to, std::span<BlockRounds> kept = {});

/// N(0, variance) of 64-bit resolution.
inline void fill_normals(const Stream& stream, uint64_t first_particle, uint64_t step, double variance,
                         std::span<double* const> to) {
  fill_increments(stream, NoiseKind::normal, first_particle, step, variance, to);
}

/// +1 or -1.
void fill_signs(const Stream& stream, uint64_t first_particle, uint64_t step, std::span<double* const> to);

/// The numbers of uniform() in sde/noise/uniform.hpp, draw k for component k.
void fill_uniforms(const Stream& stream, uint64_t first_particle, uint64_t step, std::span<double* const> to);

}  // namespace fpk::sde
