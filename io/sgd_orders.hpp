// The studies in the learning rate of stochastic gradients, gathered by what they look at.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "io/record.hpp"

namespace fpk::io {

/// (name of the figure, one study for each model), in the order in which they were made.
std::vector<std::pair<std::string, std::vector<const ConvergenceStudy*>>> sgd_figures(const Record& record);

}  // namespace fpk::io
