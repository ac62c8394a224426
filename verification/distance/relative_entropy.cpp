// Relative entropy (Kullback-Leibler divergence), for laws whose masses need not be one
//
//   KL(p || q) = sum_c  p_c ln(p_c / q_c) - p_c + q_c
//
// Each term is >= 0, and the last two cancel where both masses are one. p_c = 0 adds q_c; q_c = 0 < p_c makes
// the sum infinite. (Tsybakov 2009, section 2.4; Csiszar 1995 for the general form)
#include <algorithm>
#include <cmath>
#include <limits>

#include "verification/distance/cellwise.hpp"
#include "verification/distance/functions.hpp"

namespace fpk::verification {
namespace {

/// p ln(p/q) - p + q without cancellation where p is close to q: with r = p/q - 1 it is q ((1 + r) ln(1 + r)
/// - r), in error by about the round-off of r, while the plain form is in error by the round-off of 1.
double entropy_term(double p, double q) {
  p = std::max(p, 0.0);
  q = std::max(q, 0.0);
  if (p == 0) return q;
  if (q == 0) return std::numeric_limits<double>::infinity();
  if (std::abs(p - q) <= 0.5 * q) {
    const double r = (p - q) / q;
    return q * std::max(0.0, (1 + r) * std::log1p(r) - r);
  }
  return p * (std::log(p) - std::log(q)) - p + q;  // two logarithms: p/q may overflow
}

}  // namespace

double relative_entropy(const law::GridPart& part, Masses p, Masses q) {
  return sum_over_cells(part, p, q, entropy_term);
}

}  // namespace fpk::verification
