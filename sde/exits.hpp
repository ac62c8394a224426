// Through which absorbing faces the particles of a sample have left. Where a path ended says so: on its face, and on no other.
#pragma once

#include <cstdint>
#include <vector>

#include "law/law.hpp"
#include "law/sample.hpp"
#include "model/faces.hpp"

namespace fpk::sde {

/// How many left through each of model::absorbing_faces(domain). Collective.
std::vector<std::int64_t> exits_of(const law::Sample& sample, const model::Domain& domain);

/// P(one of `a` left) - P(one of `b` left) through each, from pairs: particle n of the one with particle n of the other.
/// Collective.
std::vector<law::Estimate> exit_differences_of(const law::Sample& a, const law::Sample& b,
                                               const model::Domain& domain);

}  // namespace fpk::sde
