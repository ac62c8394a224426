// The stationary law of a run, seen once before it starts: whether the generator has it, what is kept going there, and
// how fast it is reached.
#pragma once

#include "app/references.hpp"
#include "app/roads.hpp"
#include "app/run_claims.hpp"
#include "io/record.hpp"

namespace fpk::app {

/// Fills record.stationary, notes what there is none of, and leaves the errors of the density's own law in the findings.
/// Collective.
void observe_stationarity(const io::Case& problem, const Roads& roads, const References& references,
                          io::Record& record, Findings& findings);

}  // namespace fpk::app
