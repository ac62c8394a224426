// The colour of a density: viridis (van der Walt, Smith 2015), even in lightness and safe for the
// colour-blind, here through nine of its colours joined by straight lines.
#pragma once

#include <array>
#include <cstdint>

namespace fpk::io::report {

using Colour = std::array<std::uint8_t, 3>;  ///< red, green, blue

/// Dark violet at 0, yellow at 1; outside the ends' colours; a NaN is dark violet.
Colour viridis(double share);

}  // namespace fpk::io::report
