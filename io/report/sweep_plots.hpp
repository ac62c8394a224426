// Figures of a sweep: results against a key.
//
// One key: a figure for each quantity, the roads together. Several keys: a figure for each result, a curve for each combination of
// the other keys. Keys whose values are words have no axis: then there is no figure, and the table has to do.
#pragma once

#include <string>

#include "io/sweep_record.hpp"

namespace fpk::io::report {

/// Legend and figures; empty where there is nothing to draw.
std::string sweep_plots(const SweepRecord& record);

}  // namespace fpk::io::report
