// The limit of a ladder of steps, by the polynomial in dt^e through its values, at 0 (Richardson 1911; Neville's scheme).
//
//     v_l = v + c_1 dt_l^e + c_2 dt_l^(2e) + ...       (e = 1: Talay, Tubaro 1990; e = 1/2 where a wall absorbs)
//
// A term that is absent costs nothing but a column, so the order of the scheme is not taken for granted.
#pragma once

#include <vector>

#include "verification/operator/operator_iteration.hpp"

namespace fpk::verification {

struct StepValue {
  double step = 0;
  Value of;  ///< with the error it is known to
};

/// From values at decreasing steps, at least two. The error is the change that the finest value made, or what the errors of the
/// values may make of the limit, whichever is more.
Value limit_of_ladder(const std::vector<StepValue>& ladder, double exponent = 1);

}  // namespace fpk::verification
