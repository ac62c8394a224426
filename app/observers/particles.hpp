// What the particles say: means with their standard errors, how many have left, and whether their means agree with the
// density's.
#pragma once

#include "app/roads.hpp"
#include "app/run_claims.hpp"

namespace fpk::app {

/// Adds the time reached. Collective.
void observe_particles(const io::Case& problem, const Roads& roads, io::ParticlesRecord& record,
                       Findings& findings);

}  // namespace fpk::app
