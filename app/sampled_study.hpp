// What studies whose errors are known through chance have in common.
#pragma once

#include <cstdint>

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "verification/order.hpp"

namespace fpk::app {

/// Says that the errors of a study are known through coupled pairs of these particles.
void describe_samples(const io::ParticleSettings& particles, io::ConvergenceStudy& study);

/// An error with its 95 % interval, known through `samples` of `steps_each` steps of paths or chains; what it is an error against is
/// itself known to `known_to`, which widens the interval.
io::ConvergenceRow sampled_row(const verification::Rung& rung, std::int64_t samples, double steps_each,
                               double known_to = 0);

}  // namespace fpk::app
