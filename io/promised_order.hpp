// The order that a study was promised, in words.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "io/record.hpp"

namespace fpk::io {

/// "2", "at least 1" where it is a bound, or "exact" where no step limits it.
inline std::string promised_order(const ConvergenceStudy& study) {
  return std::isinf(study.promised)
             ? "exact"
             : fmt::format("{}{:g}", study.at_least ? "at least " : "", study.promised);
}

}  // namespace fpk::io
