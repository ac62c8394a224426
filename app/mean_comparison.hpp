// The particles' means beside the density's, with what their difference may owe to chance, to the step and to
// the cells.
//
//     |mean of particles - mean of density| <= z sqrt(s^2 + u^2) + beta_step + beta_cells + grain
//
//   s           the larger of the sample's standard error and sqrt(Var/N) of the density (a score test): an event too
//               rare for any particle to have met does not stand out
//   beta_step   bias of the scheme, from paths of half the step (app/particle_road.hpp), and u its standard error: they
//               draw numbers of their own, so what they err and what the particles err add up in squares. Of means
//               extrapolated in the step only their remainder is left (app/step_extrapolation.hpp)
//   beta_cells  difference to a grid of half as many cells an axis; the coarse grid's error is four times the fine
//               one's, so it bounds the latter three times over
//   grain       what a few rare particles can do to a mean (verification/allowance.hpp)
#pragma once

#include <vector>

#include "app/density_road.hpp"
#include "app/particle_road.hpp"
#include "app/run_claims.hpp"
#include "app/step_extrapolation.hpp"

namespace fpk::app {

/// Adds a comparison for each observable at the time reached to the findings: of the extrapolated means where there are any,
/// of those sampled elsewhere. Collective.
void compare_means(const io::Case& problem, const DensityRoad& density, const DensityRoad& coarse,
                   const ParticleRoad& particles, const std::vector<law::Estimate>& sampled,
                   const std::vector<ExtrapolatedMean>& extrapolated, Findings& findings);

}  // namespace fpk::app
