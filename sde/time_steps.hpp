// An interval of time in equal steps.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace fpk::sde {

struct TimeSteps {
  std::int64_t count;
  double size;
};

/// The fewest equal steps that cover `length` >= 0, none longer than `longest` > 0. A quotient that is whole
/// but for round-off (1e-9 of a step) counts as whole.
inline TimeSteps equal_steps(double length, double longest) {
  if (length <= 0) return {0, 0.0};
  const double count = std::max(1.0, std::ceil(length / longest - 1e-9));
  return {static_cast<std::int64_t>(count), length / count};
}

}  // namespace fpk::sde
