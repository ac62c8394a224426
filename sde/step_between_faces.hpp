// The longest step that two faces opposite each other, both absorbing, allow. The bridge decides on each face alone
// (sde/absorbing_faces.hpp), which is right but for a step that may touch both:
//
//     P(both touched)  ~  exp(-2 L^2 / v),     v = sigma_n^2 dt      =>      dt <= 2 L^2 / (sigma_n^2 ln(1/p))
//
// L: the way between the faces; sigma_n^2: the largest noise across them; p: the share of steps that is
// put up with. Pairs do not show this error: both paths of a pair are looked at on the same halves of a step, with the same numbers.
#pragma once

#include "model/domain.hpp"
#include "model/process.hpp"

namespace fpk::sde {

/// Infinite where no two faces opposite each other absorb, or no noise crosses them. The noise is looked at in points all over the box, at
/// time 0 and `end`.
double longest_step_between_faces(const model::Process& process, const model::Domain& domain, double end,
                                  double p);

}  // namespace fpk::sde
