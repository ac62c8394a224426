// What `fpk passage` found out, as plain data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "law/grid.hpp"

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
  double correction = 0;  ///< last relative correction of the linear solves
  double seconds = 0;
  std::vector<FieldPicture> pictures;
};

}  // namespace fpk::io
