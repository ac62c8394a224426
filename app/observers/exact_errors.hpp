// How far the densities are from the exact law of X_t, on the case's cells and on half as many an axis: two errors
// whose ratio tells the order.
#pragma once

#include <vector>

#include "app/exact_law.hpp"
#include "app/roads.hpp"
#include "app/run_claims.hpp"

namespace fpk::app {

/// L1 errors at the time reached, the largest so far kept in the findings; `extrapolated` masses are empty where there
/// are none. Collective.
void observe_exact_errors(const Roads& roads, const ExactLaw& exact, const std::vector<double>& extrapolated,
                          Findings& findings);

}  // namespace fpk::app
