// Survival, and the share that each absorbing face has taken: of the particles beside the density's, with what their difference
// may owe to chance, to the step and to the cells, as in app/mean_comparison.hpp.
//
//     |n_f / N - Q_f| <= z sqrt(s^2 + u^2) + beta_step + beta_cells + grain,      s = sqrt(Q_f (1 - Q_f) / N), u that of beta_step
#pragma once

#include "app/density_road.hpp"
#include "app/particle_road.hpp"
#include "app/run_claims.hpp"

namespace fpk::app {

/// Adds survival and each face at the time reached to the findings. Collective.
void compare_exits(const io::Case& problem, const DensityRoad& density, const DensityRoad& coarse,
                   const ParticleRoad& particles, Findings& findings);

}  // namespace fpk::app
