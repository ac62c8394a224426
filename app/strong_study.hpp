// Strong order of the particle scheme, from coupled paths (docs/weak-convergence.md).
#pragma once

#include "io/case_file.hpp"
#include "io/progress.hpp"
#include "io/record.hpp"
#include "parallel/communicator.hpp"

namespace fpk::app {

/// E |X^dt - X^{dt/2}| at the end, both paths driven by one Brownian path, at each step of the ladder. A scheme of strong order p
/// has it fall like dt^p. Throws std::runtime_error where a path has exploded. Collective.
io::ConvergenceStudy strong_study(const io::Case& problem, const parallel::Communicator& processes,
                                  io::Progress::Style style);

}  // namespace fpk::app
