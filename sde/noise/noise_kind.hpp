// Which law the increments of a step have.
#pragma once

#include <stdint.h>

namespace fpk::sde {

/// All have mean 0 and variance dt; what a weak order asks for is that enough moments are those of a normal number.
/// (Kloeden, Platen 1992, section 14.2)
enum class NoiseKind : uint8_t {
  normal,     ///< N(0, dt)
  normal_32,  ///< the same from 32 bits a uniform number: twice as many from a block of random bits
  three_point,  ///< +-sqrt(3 dt) with probability 1/6 each, else 0: moments to the fifth, enough for weak order 2
  two_point  ///< +-sqrt(dt) with probability 1/2 each: moments to the third, enough for weak order 1
};

}  // namespace fpk::sde
