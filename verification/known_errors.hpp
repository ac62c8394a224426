// Errors without chance that are known to something: which of them are read, and when a ladder of them tells no order.
#pragma once

#include <algorithm>
#include <vector>

#include "verification/order.hpp"

namespace fpk::verification {

/// An error this many times what it is known to is read: an order between such a one and twice the step, whose error is known better,
/// is off by log2(1/0.9) = 0.15 at most.
inline constexpr double floor_over_error = 10;
inline constexpr const char* floor_in_words = "10 times what it is known to";  ///< of order_of_errors

/// Whether some error is above `floor` and some below -floor: two terms cancel in between, and no power fits.
inline bool changes_sign(const std::vector<Rung>& rungs, double floor) {
  const auto beyond = [&](double sign) {
    return std::any_of(rungs.begin(), rungs.end(), [&](const Rung& r) { return sign * r.error > floor; });
  };
  return beyond(1) && beyond(-1);
}

}  // namespace fpk::verification
