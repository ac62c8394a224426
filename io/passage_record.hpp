// What `fpk passage` found out, as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "law/grid.hpp"
#include "law/law.hpp"

namespace fpk::io {

/// A field for the page: a curve over the first axis, or averages over the plane of the first two.
struct FieldPicture {
  std::string title, label;           ///< "Mean first-passage time", "time"
  std::vector<double> edges, values;  ///< one variable: edges, and the value of each cell
  law::PlaneMarginal plane;  ///< two or three: masses whose averages over the plane's cells are the values
  bool logarithmic = false;  ///< shown by its logarithm: it spans many decades
};

struct PassageTimeRecord {
  double probability = 1;  ///< of ever passing into the target
  double mean = 0, variance = 0;
  std::optional<double> mean_error;  ///< estimate: a third of the change from half as many cells
};

struct AnyEndRecord {
  double mean = 0, variance = 0;  ///< of the time until the process ends, in whichever way
};

struct SurvivalRecord {
  std::vector<double> times, survival, density, density_at_faces;
  std::optional<double> settled;
  std::string propagator;
  double negative = 0;  ///< largest share of the survivors' masses below zero
};

struct QuasiStationaryRecord {
  double rate = 0, residual = 0;
  int solves = 0;
};

struct ReactionRecord {
  double rate = 0, rate_into_target = 0, rate_forward = 0, rate_backward = 0;
};

/// The same times by particles, up to a horizon.
struct PassageParticlesRecord {
  std::int64_t count = 0;
  std::string scheme, noise;  ///< names as in a case
  std::string absorption;     ///< how ends within a step are seen: "bridge", "end-of-step"
  double step = 0;
  std::uint64_t seed = 0;
  double horizon = 0;
  std::vector<double> times;  ///< those of SurvivalRecord before the horizon, and the horizon
  std::vector<double> survival, survival_error;  ///< standard errors
  law::Estimate restricted_mean;                 ///< E min(tau, horizon)
  law::Estimate restricted_variance;             ///< of min(tau, horizon)
  law::Estimate in_target, at_faces;             ///< shares that have ended so
  std::int64_t censored = 0;                     ///< not ended by the horizon
  std::int64_t exploded = 0;
  std::optional<double> density_restricted_mean;  ///< by the density road
  double seconds = 0;
};

struct PassageRecord {
  std::vector<std::size_t> cells;
  std::string flux;                   ///< face weights
  std::string start, target, source;  ///< in words and formulas; empty where there is none
  PassageTimeRecord time;
  std::optional<AnyEndRecord> exit;  ///< where both a target and faces absorb
  SurvivalRecord survival;
  std::optional<QuasiStationaryRecord> quasi_stationary;
  std::optional<double> committor_at_start;
  std::optional<ReactionRecord> reaction;
  std::optional<PassageParticlesRecord> particles;
  double correction = 0;  ///< last relative correction of the linear solves
  double seconds = 0;
  std::vector<FieldPicture> pictures;
};

}  // namespace fpk::io
