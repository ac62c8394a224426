// Where the mass of a density went: what each absorbing face has taken, and takes per unit time (docs/exits.md).
#pragma once

#include "app/density_road.hpp"
#include "app/run_claims.hpp"

namespace fpk::app {

/// Adds the time reached. After observe_invariants: what is left and what was absorbed must be what there was at first.
/// Collective.
void observe_exits(const DensityRoad& road, io::DensityRecord& record, Findings& findings);

}  // namespace fpk::app
