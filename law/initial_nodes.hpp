// An initial law as a finite sum,   E g(X_0) = sum_i w_i g(x_i),   to about round-off for a smooth g.
//
//     point        the point
//     Gaussian     Gauss and Hermite along the axes of the Cholesky factor; between walls that cut into it, Gauss and Legendre
//                  in the density on what they leave of +-9 standard deviations
//     uniform      Gauss and Legendre along each axis
//     tabulated    constant in each cell of its table: Gauss and Legendre there
#pragma once

#include <vector>

#include "law/grid.hpp"
#include "law/law.hpp"

namespace fpk::law {

struct WeightedPoint {
  Point x{};
  double weight = 0;
};

/// Weights sum to 1. Throws std::invalid_argument for a law of another kind.
std::vector<WeightedPoint> initial_nodes(const InitialLaw& law);

}  // namespace fpk::law
