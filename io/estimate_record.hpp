// What `fpk estimate` found out, as plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verification/order.hpp"

namespace fpk::io {

struct EstimateLevel {
  double step = 0;  ///< of the fine path
  std::int64_t samples = 0;
  double mean = 0, standard_error = 0, variance = 0, kurtosis = 0;  ///< of P_l - P_{l-1}
  double relative_error_of_variance = 0;
  double fine_mean = 0, fine_variance = 0;  ///< of P_l
  double cost = 0;                          ///< of one sample, in steps
  double seconds = 0;                       ///< of all its samples
  double telescoping = 0;                   ///< z of the coarse paths' mean; 0 on level 0
};

/// Steps that a tolerance costs, predicted from what was measured on the levels.
struct EstimateCost {
  double tolerance = 0, multilevel = 0, plain = 0;
};

struct EstimateReference {
  double value = 0, error = 0;
  std::string source;
  double seconds = 0;
};

struct EstimateRecord {
  std::string observable, scheme;
  double time = 0, tolerance = 0;
  std::string first_step;  ///< how the step of level 0 came about, for people
  double value = 0, standard_error = 0, bias = 0, bias_standard_error = 0, total_error = 0;
  double cost = 0;        ///< steps of paths, of all samples
  double plain_cost = 0;  ///< that plain Monte Carlo would take, predicted; 0 where it cannot be told
  double promised_alpha = 0;
  std::optional<verification::Order> alpha, beta;
  double gamma = 1;
  std::vector<EstimateLevel> levels;
  std::vector<EstimateCost> costs;  ///< from the tolerance up
  std::optional<EstimateReference> reference;
  double seconds = 0;  ///< of the sampling
};

}  // namespace fpk::io
