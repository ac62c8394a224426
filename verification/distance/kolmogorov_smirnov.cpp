// Kolmogorov-Smirnov distance
//
//   KS(F, G) = sup_x |F(x) - G(x)|
//
// F - G is linear between the edges, so its largest size is at an edge: exact. (Gibbs, Su 2002, section 2)
#include <algorithm>
#include <cmath>

#include "verification/distance/functions.hpp"
#include "verification/distance/line.hpp"

namespace fpk::verification {

double kolmogorov_smirnov(const LinePair& laws) {
  double sup = 0;
  for (std::size_t i = 0; i < laws.F.size(); ++i) sup = std::max(sup, std::abs(laws.F[i] - laws.G[i]));
  return sup;
}

double kolmogorov_smirnov(const law::GridPart& part, Masses p, Masses q) {
  return worst_axis(part, p, q, kolmogorov_smirnov);
}

}  // namespace fpk::verification
