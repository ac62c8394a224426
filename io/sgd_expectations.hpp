// Expectations of stochastic gradient descent without sampling, at one time and several learning rates.
#pragma once

#include <string>
#include <vector>

#include "io/series.hpp"

namespace fpk::io {

struct SgdExpectations {
  double time = 0;
  std::string method;  ///< "moments", where they close, or "operator"
  std::vector<double> learning_rates;
  NamedSeries observables;    ///< a value for each learning rate
  std::vector<double> error;  ///< what the values are known to, at each learning rate
};

}  // namespace fpk::io
