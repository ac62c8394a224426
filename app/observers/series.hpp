// Estimates of the observables, added to their series at each observation.
#pragma once

#include <vector>

#include "io/record.hpp"
#include "law/law.hpp"

namespace fpk::app {

/// One estimate for each observable; `sampled`: they have standard errors.
void append(io::NamedSeries& series, const std::vector<law::Observable>& observables,
            const std::vector<law::Estimate>& estimates, bool sampled);

}  // namespace fpk::app
