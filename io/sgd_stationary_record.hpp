// Where chains of stochastic gradient descent stay in the long run, beside what theories say of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "io/series.hpp"

namespace fpk::io {

using Rows = std::vector<std::vector<double>>;

/// A Gibbs law exp(-L/T) / Z on the domain, and how far the chains' law is from it.
struct GibbsComparison {
  double temperature = 0;
  Rows covariance;
  double total_variation = 0, wasserstein_1 = 0;
  double exact_sample_total_variation = 0;  ///< of as many points of that law itself
};

struct SgdStationaryRecord {
  std::vector<double> minimum;  ///< the lowest of L
  double loss = 0;
  Rows hessian, noise;  ///< H and Sigma there
  Rows lyapunov;        ///< covariance of small steps
  Rows finite_step;     ///< covariance of the chain; empty where it does not settle
  bool finite_step_is_exact = false;
  std::vector<double> finite_step_mean;
  double forgetting = 0;  ///< share of its start that the chain still remembers at the end, by that theory
  Rows chains, chains_error;  ///< covariance of the chains at the last time, and its standard error
  std::vector<double> chains_mean, chains_mean_error;
  Rows diffusion;  ///< covariance in the stationary law of the diffusion; empty where none is known
  std::optional<GibbsComparison> best_gibbs;  ///< of the temperature whose mean loss is that of the chains
  double best_temperature_error = 0;          ///< its standard error
  std::optional<GibbsComparison>
      matched_gibbs;  ///< of the temperature with the trace of the noise at the minimum
};

}  // namespace fpk::io
