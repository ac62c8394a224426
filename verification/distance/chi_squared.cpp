// Chi-squared divergence
//
//   chi^2(p || q) = sum_c (p_c - q_c)^2 / q_c,  0/0 = 0
//
// Infinite where q_c = 0 < p_c. The squared length of p in the space where a reversible generator is
// symmetric. (Tsybakov 2009, section 2.4)
#include <algorithm>
#include <limits>

#include "verification/distance/cellwise.hpp"
#include "verification/distance/functions.hpp"

namespace fpk::verification {

double chi_squared(const law::GridPart& part, Masses p, Masses q) {
  return sum_over_cells(part, p, q, [](double pc, double qc) {
    pc = std::max(pc, 0.0);
    qc = std::max(qc, 0.0);
    if (qc == 0) return pc == 0 ? 0.0 : std::numeric_limits<double>::infinity();
    return (pc - qc) * ((pc - qc) / qc);  // the square of a small difference may underflow
  });
}

}  // namespace fpk::verification
