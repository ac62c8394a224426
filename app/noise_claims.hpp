// What `fpk noise` claims.
#pragma once

#include <vector>

#include "app/noise_sampling.hpp"
#include "verification/claim.hpp"

namespace fpk::app {

/// `formula_error`: the largest difference of the compiled covariance from that of the rows' gradients, over the largest entry.
std::vector<verification::Claim> noise_claims(const io::GradientNoiseRecord& record,
                                              const NoiseComparisons& comparisons, double formula_error);

}  // namespace fpk::app
