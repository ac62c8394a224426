// Total variation
//
//   TV(p, q) = 1/2 sum_c |p_c - q_c|
//
// the largest difference of the two probabilities of one event, where both masses are one. (Gibbs, Su 2002,
// section 2)
#include <cmath>

#include "verification/distance/cellwise.hpp"
#include "verification/distance/functions.hpp"

namespace fpk::verification {

double total_variation(const law::GridPart& part, Masses p, Masses q) {
  return 0.5 * sum_over_cells(part, p, q, [](double pc, double qc) { return std::abs(pc - qc); });
}

}  // namespace fpk::verification
