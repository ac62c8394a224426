// The spatial studies of a record that stand side by side: those of `converge.fluxes`, on the same grids.
#pragma once

#include <vector>

#include "io/record.hpp"

namespace fpk::io {

/// Empty where there are fewer than two.
std::vector<const ConvergenceStudy*> compared_fluxes(const Record& record);

}  // namespace fpk::io
