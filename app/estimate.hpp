// An expectation at the end of a case to a given error, by multilevel Monte Carlo (docs/estimate.md).
#pragma once

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// Throws io::CaseError where the case has no particles, no observable or no tolerance, std::runtime_error where paths explode.
/// Collective.
io::Record estimate(const io::Case& problem, const parallel::Communicator& processes);

}  // namespace fpk::app
