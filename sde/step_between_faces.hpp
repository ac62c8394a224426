// What a step errs between two faces opposite each other that both absorb. The bridge decides on each face alone
// (sde/absorbing_faces.hpp), as if to touch the one had nothing to do with touching the other:
//
//     |error| <= P(lower) P(upper) ~ exp(-L^2 / v)  a step from the middle,     v = sigma_n^2 dt,     T / dt steps
//
// L: the way between the faces; sigma_n^2: the noise across them. Pairs do not show this error: both paths of a pair are looked at
// on the same halves of a step, with the same numbers.
#pragma once

#include "model/domain.hpp"
#include "model/process.hpp"

namespace fpk::sde {

/// (T / dt) exp(-L^2 / v) with the largest noise in the box at time 0 and `end`: how much of the probability steps of that length
/// may misplace until then, an estimate from above. 0 where no two faces opposite each other absorb, or no noise crosses them.
double error_between_faces(const model::Process& process, const model::Domain& domain, double end, double dt);

}  // namespace fpk::sde
