// A process whose coefficients are polynomials on its domain, in place of sums over the rows of a table.
#pragma once

#include "model/chebyshev_surrogate.hpp"
#include "model/process.hpp"

namespace fpk::model {

/// What was replaced, and how near it is.
struct SurrogateFacts {
  double tolerance = 0;
  std::size_t drift_degree = 0, noise_degree = 0;  ///< along each axis
  double drift_error = 0;  ///< of the drift, relative to its largest component in the domain
  double noise_error = 0;  ///< of the covariance sigma sigma^T, relative to its largest entry;
                           ///< 0 where it is constant
  std::vector<std::string> equations = {};  ///< of the process that was replaced
};

struct SurrogateProcess {
  Process process;
  SurrogateFacts facts;
};

/// The potential of a reversible process, and with it its drift; drift and covariance of any other, whose noise is then the root of the
/// covariance's polynomial. Throws NoSurrogate where the coefficients depend on time, or are not near enough to polynomials.
SurrogateProcess surrogate_process(const Process& process, const Domain& domain, double tolerance);

}  // namespace fpk::model
