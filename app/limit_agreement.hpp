// The limit that a ladder of steps tends to, against the density road: an independent method.
#pragma once

#include <optional>

#include "io/case_file.hpp"
#include "io/record.hpp"

namespace fpk::app {

/// The claim that the reference of a weak study by the operator, where it is the limit of the scheme itself, is the expectation
/// that the density extrapolates to from the last three grids of the study "space". A scheme that converges to something else
/// (a wrong drift, half the noise) fails it. Nothing where either is missing.
std::optional<verification::Claim> limit_agreement(const io::Case& problem, const io::ConvergenceStudy& weak,
                                                   const std::vector<io::ConvergenceStudy>& studies);

}  // namespace fpk::app
