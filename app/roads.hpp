// The roads of a run side by side: the density, its companions on other grids, and the particles.
#pragma once

#include <functional>
#include <optional>

#include "app/density_road.hpp"
#include "app/extrapolation.hpp"
#include "app/particle_road.hpp"
#include "app/sgd_road.hpp"
#include "app/step_extrapolation.hpp"
#include "io/progress.hpp"

namespace fpk::app {

struct Roads {
  /// Those that the case asks for; `part` is of its grid, `particle_process` moves the particles. Collective.
  Roads(const io::Case& problem, const law::GridPart& part, const model::Process& particle_process);

  /// All of them from one observation to the next. `pause` is called now and then on every process, when all of them can
  /// be archived. Collective.
  void advance(double from, double to, io::Progress& progress, const std::function<void()>& pause = {});

  /// Saves or restores where each of them stands; one that is ahead of the others waits for them in advance(). Collective.
  void archive(parallel::Archive& archive);

  std::optional<DensityRoad> density;
  std::optional<DensityRoad> coarse;  ///< on half as many cells an axis: what the cells cost in accuracy
  std::optional<Extrapolation> extrapolation;
  std::optional<ParticleRoad> particles;
  std::optional<StepExtrapolation> step_extrapolation;
  std::optional<SgdRoad> sgd;  ///< the chains that the process stands for
};

/// The grid that the laws of a run are compared on: the case's; of more than three variables, the first three.
law::GridPart comparison_grid(const io::Case& problem, const parallel::Communicator& processes);

}  // namespace fpk::app
