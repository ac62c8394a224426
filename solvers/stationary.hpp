// The stationary law of a closed generator: the null vector of A, normalised.
//
// Where detailed balance holds it is exp(ln pi), exact. Otherwise multiplicative multigrid (solvers/multigrid/), where cells
// jump to their neighbours and one process holds them all; where that does not converge, or cannot be used, inverse
// iteration with the M-matrix eps I - A, whose inverse is non-negative: positive vectors stay positive, and each iteration
// gains a factor gap / eps.
#pragma once

#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

struct StationaryMasses {
  std::vector<double> masses;  ///< own cells
  double residual = 0;         ///< relative_residual of them
  bool from_detailed_balance = false;
};

/// |A m|_1 / (2 |outflow m|_1) of cell masses: 0 for stationary, 1 for as far from it as can be. Collective.
double relative_residual(const Generator& generator, const std::vector<double>& masses);

/// Collective. Throws SolverError where the box absorbs, or the residual stays above 1e-9.
StationaryMasses stationary_masses(const Generator& generator);

}  // namespace fpk::solvers
