// What the chains of stochastic gradient descent did, beside the diffusion that stands for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "io/series.hpp"
#include "io/sgd_stationary_record.hpp"

namespace fpk::io {

struct SgdRecord {
  std::string model, model_title;  ///< the diffusion that density and particles solve
  std::string sampling;            ///< as in a case
  double learning_rate = 0;        ///< at time 0
  double step = 0;                 ///< by which time runs a step
  std::size_t rows = 0;            ///< of the data
  std::string batch, temperature;  ///< as formulas
  double momentum = 0;
  bool nesterov = false;
  std::size_t svag = 1;
  std::int64_t replicas = 0;
  std::uint64_t seed = 0;
  std::vector<double> times;        ///< of the chains: the last step not after each observation time
  std::vector<std::int64_t> steps;  ///< made until then
  NamedSeries observables;
  std::vector<std::int64_t> exploded;  ///< no longer finite, up to each of the times
  std::vector<double> outside;         ///< share outside of the domain, which binds the diffusion alone
  std::optional<SgdStationaryRecord> stationary = {};  ///< at the last time
  double seconds = 0;
};

}  // namespace fpk::io
