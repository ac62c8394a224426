// Where the noise of stochastic gradients is looked at on random batches.
#pragma once

#include <vector>

#include "io/case_file.hpp"
#include "solvers/gradient_flow.hpp"

namespace fpk::app {

/// The points that the case lists, or points of the gradient flow from the mean of the initial law. The time of a listed point is NaN.
/// Collective.
std::vector<solvers::FlowPoint> noise_path(const io::Case& problem);

}  // namespace fpk::app
