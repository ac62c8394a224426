// Backward Kolmogorov expectations u(x, t) = E[f(X_t) | X_0 = x], as fields.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "solvers/propagator.hpp"

namespace fpk::solvers {

struct BackwardFields {
  std::vector<std::vector<double>> at_time;  ///< u at each of the times, own cells
  std::string propagator;                    ///< that carried it
  bool exact_in_time = false;                ///< up to rounding
};

/// From the cell averages of f, through increasing times; for a generator that does not depend on time. f is split into
/// its positive and its negative part, since a positive propagator carries positive values only. Collective.
BackwardFields backward_expectation(const std::shared_ptr<const Generator>& generator,
                                    const std::vector<double>& f, const std::vector<double>& times,
                                    double tolerance);

/// The same at one time T, for coefficients that depend on time: du/ds = A(T - s)^T u. Collective.
std::vector<double> backward_expectation_at(const GeneratorAt& generator, const std::vector<double>& f,
                                            double T, double tolerance);

}  // namespace fpk::solvers
