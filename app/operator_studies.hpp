// Weak and invariant order of the particle scheme without sampling (docs/weak-convergence.md).
#pragma once

#include <vector>

#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"

namespace fpk::app {

/// "weak": E f(X_T) on the ladder of steps against the exact law of the process, or against the limit of the scheme itself.
/// "invariant": the mean of f in the scheme's invariant law against that in the process's, where that is known. With
/// converge.schemes both for each of these schemes, "weak-SCHEME" and "invariant-SCHEME". Every process computes all of it.
std::vector<io::ConvergenceStudy> operator_studies(const io::Case& problem, io::Progress::Style style);

}  // namespace fpk::app
