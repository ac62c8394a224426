// The order between two neighbouring rungs of a ladder, for tables.
//
//   p = ln |e_(k-1) / e_k| / ln (h_(k-1) / h_k)
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "io/record.hpp"

namespace fpk::io {

/// "1.98", between rung k and the one before; empty where there is none: on the first rung, where the error changes its sign,
/// and where chance hides one of the two.
inline std::string pairwise_order(const ConvergenceStudy& study, std::size_t k) {
  if (k == 0) return "";
  const auto &coarse = study.rows[k - 1], &fine = study.rows[k];
  const auto is_hidden = [](const ConvergenceRow& row) { return row.lower * row.upper < 0; };
  if (coarse.error * fine.error <= 0 || is_hidden(coarse) || is_hidden(fine)) return "";
  const double order = std::log(coarse.error / fine.error) / std::log(coarse.size / fine.size);
  return std::isfinite(order) ? fmt::format("{:.2f}", order) : "";
}

}  // namespace fpk::io
