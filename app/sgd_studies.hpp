// Weak order of the diffusions that stand for stochastic gradient descent, in the learning rate, without sampling or with it
// (docs/sgd-orders.md).
#pragma once

#include <optional>
#include <vector>

#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

struct SgdStudies {
  io::SgdExpectations chain;
  std::vector<io::ConvergenceStudy> studies;  ///< "sgd-MODEL-FIGURE"
  std::vector<std::string> notes;
};

/// Of the learning rates of converge.learning_rates, or of the chain's own where there are none: then no order is studied.
/// Nothing where the case has no chain, or asks for neither. With converge.method "operator" the chain's expectations are taken
/// without sampling, and CaseError is thrown where they cannot be; with "coupled" they are sampled. Collective.
std::optional<SgdStudies> sgd_studies(const io::Case& problem, const parallel::Communicator& processes,
                                      io::Progress::Style style);

}  // namespace fpk::app
