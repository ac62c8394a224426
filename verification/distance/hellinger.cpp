// Hellinger distance
//
//   H(p, q)^2 = 1/2 sum_c (sqrt p_c - sqrt q_c)^2  ( = 1 - sum_c sqrt(p_c q_c) for masses one)
//
// The left form is the one computed: the right one loses all digits where p is close to q. (Tsybakov 2009,
// section 2.4, whose H^2 has no factor 1/2)
#include <algorithm>
#include <cmath>

#include "verification/distance/cellwise.hpp"
#include "verification/distance/functions.hpp"

namespace fpk::verification {

double hellinger(const law::GridPart& part, Masses p, Masses q) {
  const double twice_square = sum_over_cells(part, p, q, [](double pc, double qc) {
    const double d = std::sqrt(std::max(pc, 0.0)) - std::sqrt(std::max(qc, 0.0));
    return d * d;
  });
  return std::sqrt(0.5 * twice_square);
}

}  // namespace fpk::verification
