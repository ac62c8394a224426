// Randomness as a pure function of (seed, purpose, rung, step, particle, draw): no stream, no state, no
// order.
//
// The seed is the key of Philox4x32-10, all else is its 128-bit counter, in four words of 32 bits:
//
//            31                    16 15         8 7          0
//   word 0   | particle, bits 31..0                           |
//   word 1   | step, bits 31..0                               |
//   word 2   | step, bits 47..32     | particle, bits 47..32  |
//   word 3   | rung                  | draw       | purpose   |
//
// Every field has bits of its own, so different arguments (within the stated widths) are different counters,
// and Philox, a bijection for each key, cannot return one block for two of them. Nothing is ever added to the
// seed or the step. (Salmon, Moraes, Dror, Shaw 2011, section 3)
#pragma once

#include <stdint.h>

#include "sde/noise/purposes.hpp"

namespace fpk::sde {

/// Names a family of random numbers.
struct Stream {
  uint64_t seed = 1;
  Purpose purpose = Purpose::brownian_increment;
  uint16_t rung = 0;  ///< of a ladder of steps; independent numbers for each
};

struct Counter {
  uint32_t word[4];
};

/// particle and step below 2^48, draw (number of the block within a step) below 2^8.
constexpr Counter counter(const Stream& stream, uint64_t particle, uint64_t step, uint32_t draw) {
  return {{static_cast<uint32_t>(particle), static_cast<uint32_t>(step),
           static_cast<uint32_t>((step >> 32) << 16 | (particle >> 32)),
           static_cast<uint32_t>(stream.rung) << 16 | draw << 8 | static_cast<uint32_t>(stream.purpose)}};
}

}  // namespace fpk::sde
