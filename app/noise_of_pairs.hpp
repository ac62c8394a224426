// Whether pairs of paths can do what is asked of them. A pair's coarse increment is the sum of two fine ones, and the sum of two
// numbers of two or three points is no such number, but nearer to a normal one: what the points err, at a wall or at a jump of the
// observable to the leading order, is the same on both paths, and the pair does not show it.
#pragma once

#include <string_view>

#include "io/case_file.hpp"

namespace fpk::app {

/// Throws CaseError at particles.noise where the increments do not add up (sde::adds_up). `asked_for`: what the pairs are for, with
/// its verb: "multilevel Monte Carlo takes". `instead`: what else to try; may be empty.
void check_noise_of_pairs(const io::Case& problem, std::string_view asked_for, std::string_view instead);

}  // namespace fpk::app
