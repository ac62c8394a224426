// What the first rounds of Philox make of a block of particles, whatever the step: kept from step to step.
// sde/noise/philox_steps.hpp fills and uses it.
#pragma once

#include "sde/noise/counter.hpp"

namespace fpk::sde {

/// Of n counters that differ from `first` in the particle, or in other fields but the step.
template <size_t n>
struct KeptRounds {
  Counter first{};
  uint64_t seed = 0;
  bool made = false;
  alignas(64) uint64_t low[n], second[n], third_low[n], third_high[n];
};

/// Those of a draw of a block of particles, for fill_increments() in sde/noise/fill.hpp.
using BlockRounds = KeptRounds<256>;

}  // namespace fpk::sde
