// What a density keeps, and what only falls: its mass, its least value, its entropy relative to the stationary law.
#pragma once

#include <vector>

#include "app/density_road.hpp"
#include "app/run_claims.hpp"

namespace fpk::app {

/// Adds the time reached to the record and to the findings. `stationary`: masses of the generator's own stationary law,
/// which entropy falls towards (a law given in the case differs from it by h^2); empty where there is none. Collective.
void observe_invariants(const DensityRoad& road, const std::vector<double>& stationary,
                        io::DensityRecord& record, Findings& findings);

}  // namespace fpk::app
