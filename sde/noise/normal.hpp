// Brownian increments for a block of particles at one step.
#pragma once

#include <span>

#include "sde/noise/counter.hpp"

namespace fpk::sde {

/// Independent N(0, variance): normals[k][i] is component k of particle first_particle + i, i <
/// formula::block_width. `first_particle` is a multiple of the block width. A pure function of its arguments
/// and of how many components there are; the same bits on every instruction set.
void fill_normals(const Stream& stream, uint64_t first_particle, uint64_t step, double variance,
                  std::span<double* const> normals);

}  // namespace fpk::sde
