// The density without its error of second order: beside the roads on the case's cells and on half as many an axis, a
// third on twice as many (solvers/richardson.hpp).
#pragma once

#include "app/density_road.hpp"

namespace fpk::app {

class Extrapolation {
 public:
  /// Collective.
  Extrapolation(const io::Case& problem, const parallel::Communicator& processes);

  void advance(double t) { fine_.advance(t); }
  /// The extrapolated masses on the cells of `road`, and what they say, recorded. `coarse` has half as many cells; all
  /// stand at the same time. Collective.
  std::vector<double> observe(const DensityRoad& coarse, const DensityRoad& road);
  /// Collective.
  void archive(parallel::Archive& archive);
  [[nodiscard]] const io::ExtrapolatedRecord& record() const { return record_; }

 private:
  const io::Case& problem_;
  DensityRoad fine_;
  io::ExtrapolatedRecord record_;
};

/// Runs of planes in which the case's own grid is shared among processes, so that the one of half as many cells lies
/// on the same.
inline std::size_t planes_together(const io::Case& problem) { return problem.density.extrapolate ? 2 : 1; }

}  // namespace fpk::app
