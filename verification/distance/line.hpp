// Two laws on a line, as their distribution functions at common edges.
//
//   F 1 |            ____      constant density in a cell makes F linear there,
//       |        .--'          and the quantile function F^-1 linear with jumps
//       |   ___.'              over cells without mass
//     0 |__/________________
//       e0  e1   e2  e3   e4
#pragma once

#include <functional>
#include <vector>

#include "verification/distance/distance.hpp"

namespace fpk::verification {

/// Both functions rise from 0 to exactly 1, or are 0 throughout where a law has no mass.
struct LinePair {
  std::vector<double> edges;  ///< increasing; n + 1 of them, a length
  std::vector<double> F, G;   ///< at the edges
  /// Both have mass, or neither.
  [[nodiscard]] bool comparable() const { return F.back() == G.back(); }
};

/// From the masses between the edges: negative ones count as 0, and the sum is scaled to one.
LinePair line_pair(std::vector<double> edges, std::span<const double> p, std::span<const double> q);

/// The marginal laws of axis `a`. Collective; the same on every process.
LinePair marginal_pair(const law::GridPart& part, Masses p, Masses q, std::size_t a);

/// The largest over the axes of a distance of the marginals; infinite where they are not comparable.
/// Collective.
double worst_axis(const law::GridPart& part, Masses p, Masses q, double (*distance)(const LinePair&));

double kolmogorov_smirnov(const LinePair& laws);
double wasserstein_1(const LinePair& laws);
double wasserstein_2(const LinePair& laws);

}  // namespace fpk::verification
