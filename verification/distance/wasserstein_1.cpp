// Wasserstein distance of order 1 on a line
//
//   W1(F, G) = integral |F(x) - G(x)| dx
//
// F - G is linear in a cell, from d0 to d1, and may change sign there:
//
//   d0 |\                    same sign:   width (|d0| + |d1|) / 2
//      |  \_____             otherwise:   two triangles, width (d0^2 + d1^2) / (2 (|d0| + |d1|))
//      |    \  |
//      |      \| d1                                                    (Villani 2009, remark 2.19)
#include <cmath>

#include "verification/distance/functions.hpp"
#include "verification/distance/line.hpp"

namespace fpk::verification {
namespace {

/// Mean of |d| over a cell where d is linear from d0 to d1.
double mean_size(double d0, double d1) {
  const double sum = std::abs(d0) + std::abs(d1);
  const bool crosses = (d0 < 0) != (d1 < 0) && sum > 0;
  return crosses ? 0.5 * (d0 * (d0 / sum) + d1 * (d1 / sum))
                 : 0.5 * sum;  // a square may underflow, d / sum cannot
}

}  // namespace

double wasserstein_1(const LinePair& laws) {
  double integral = 0;
  for (std::size_t i = 0; i + 1 < laws.edges.size(); ++i)
    integral +=
        (laws.edges[i + 1] - laws.edges[i]) * mean_size(laws.F[i] - laws.G[i], laws.F[i + 1] - laws.G[i + 1]);
  return integral;
}

double wasserstein_1(const law::GridPart& part, Masses p, Masses q) {
  return worst_axis(part, p, q, wasserstein_1);
}

}  // namespace fpk::verification
