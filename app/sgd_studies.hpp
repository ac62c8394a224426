// Weak order of the diffusions that stand for stochastic gradient descent, in the learning rate and without sampling (docs/sgd-orders.md).
#pragma once

#include <optional>
#include <vector>

#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"

namespace fpk::app {

struct SgdStudies {
  io::SgdExpectations chain;
  std::vector<io::ConvergenceStudy> studies;  ///< "sgd-MODEL-FIGURE"
  std::vector<std::string> notes;
};

/// Of the learning rates of converge.learning_rates, or of the chain's own where there are none: then no order is studied. Nothing
/// where the case has no chain, or asks for neither; throws CaseError where the expectations cannot be taken without sampling.
std::optional<SgdStudies> sgd_studies(const io::Case& problem, io::Progress::Style style);

}  // namespace fpk::app
