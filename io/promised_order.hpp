// The order that a study was promised, in words.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace fpk::io {

/// "2", or "exact" where no step limits it.
inline std::string promised_order(double order) {
  return std::isinf(order) ? "exact" : fmt::format("{:g}", order);
}

}  // namespace fpk::io
