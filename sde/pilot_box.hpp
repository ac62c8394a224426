// The box that a pilot ensemble stays in: where nothing is known of the stationary law, a few thousand particles on the
// whole space tell where the law goes between 0 and the end.
//
//     lower = min over times of ( mean - 7 sd, least particle - sd ),      upper likewise
//
// The mass beyond is estimated as that of normal laws with the same means and standard deviations; of the particles
// themselves none is outside, which only says "below 3/N" (the rule of three, 95 %).
#pragma once

#include <cstdint>
#include <vector>

#include "law/law.hpp"
#include "model/process.hpp"

namespace fpk::sde {

struct PilotBox {
  std::vector<double> lower, upper;
  double mass_outside = 0;     ///< largest over time, summed over the faces
  std::int64_t particles = 0;  ///< N
};

/// Euler-Maruyama to time `end`, 1000 steps. Throws std::runtime_error where a particle explodes. The same on every
/// process.
PilotBox pilot_box(const model::Process& process, const law::InitialLaw& initial, double end);

}  // namespace fpk::sde
