// Expectations of stochastic gradient descent at one time and several learning rates, without sampling or with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "io/series.hpp"

namespace fpk::io {

struct SgdExpectations {
  double time = 0;
  std::string
      method;  ///< "moments", where they close, "operator", or "coupled": sampled beside linearised chains
  std::vector<double> learning_rates;
  NamedSeries observables;  ///< a value for each learning rate
  std::vector<double>
      error;  ///< what the values are known to, at each learning rate; of sampled ones the largest standard error
  std::vector<std::int64_t> chains = {};  ///< sampled at each learning rate; empty where there is no sampling
  /// What is left of the variance of a figure beside the linearised chain, at each learning rate; empty without sampling.
  NamedSeries variance_left = {};
};

}  // namespace fpk::io
