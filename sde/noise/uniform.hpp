// Uniform numbers at midpoints: u = (k + 1/2) 2^-52 with k from 52 random bits, symmetric about 1/2, never 0
// or 1.
#pragma once

#include "sde/noise/counter.hpp"
#include "sde/noise/philox.hpp"

namespace fpk::sde {

/// Number `draw` (below 512) of a particle at a step, in (0, 1).
inline double uniform(const Stream& stream, uint64_t particle, uint64_t step = 0, uint32_t draw = 0) {
  const TwoNumbers two = philox(counter(stream, particle, step, draw / 2).word, stream.seed);
  const uint64_t k = (draw % 2 == 0 ? two.first : two.second) >> 12;
  return (static_cast<double>(k) + 0.5) * 0x1p-52;
}

inline double uniform(uint64_t seed, Purpose purpose, uint64_t particle, uint64_t step = 0,
                      uint32_t draw = 0) {
  return uniform(Stream{seed, purpose, 0}, particle, step, draw);
}

}  // namespace fpk::sde
