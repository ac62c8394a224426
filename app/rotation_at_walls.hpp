// Where a rotation would carry the Gibbs law through walls that reflect.
#pragma once

#include <span>
#include <string>

#include "io/case_file.hpp"

namespace fpk::app {

/// How much of the Gibbs law (its masses) lies in the cells at such walls, and what the two roads make of it: a note for the
/// reader. Empty where it is less than 1e-6 of all, or nothing rotates. Collective.
std::string note_on_rotation_at_walls(const io::Case& problem, const law::GridPart& part,
                                      std::span<const double> gibbs);

}  // namespace fpk::app
