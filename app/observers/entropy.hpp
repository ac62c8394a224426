// The entropy of a density and what becomes of it (docs/entropy.md), observation by observation.
#pragma once

#include <vector>

#include "app/density_road.hpp"
#include "io/record.hpp"

namespace fpk::app {

/// Adds the time reached. `stationary`: masses of the generator's own stationary law; empty where there is none.
/// `closed`: the box absorbs nowhere, so that the entropy produced is what the mass inside produces. Collective.
void observe_entropy(const DensityRoad& road, const std::vector<double>& stationary, bool closed,
                     io::DensityRecord& record);

}  // namespace fpk::app
