// Cells drawn together about one place by a smooth map from s = i/n, equally spaced, to the edges x_i.
//
//     |------|----|--|-|-|--|----|------|        narrow about `at`, wide far from it
//     lower           at            upper
//
//   on an interval    x(s) = at + K sinh(beta (s - s0)),     K = length / (sinh(beta s0) + sinh(beta (1 - s0)))
//   on a ring         x(s) = at + (length/pi) atan( tan(pi (s - s0)) / kappa ),     kappa = sqrt(cosh(beta/2))
//
// with s0 such that x(0) = lower, and beta the strength. Neighbouring cells differ by O(h) of their width (as beta/n),
// so finite volumes keep their second order. The widest cell is cosh(beta/2) times as wide as the narrowest where `at`
// is in the middle, and on a ring; cosh(beta) times where it is at an end of an interval. The second map closes smoothly.
// (Vinokur 1983, J. Comput. Phys. 50, for the first)
#pragma once

#include <cstddef>
#include <vector>

namespace fpk::law {

struct Clustering {
  double at = 0;        ///< in [lower, upper]
  double strength = 1;  ///< beta > 0
  bool ring = false;    ///< the axis closes on itself
};

/// The cells + 1 edges; the first and the last are exactly lower and upper. Those of twice as many cells contain them,
/// to the last bit. Throws std::invalid_argument where `at` is outside, the strength is not positive, or cells are so
/// narrow that edges coincide.
std::vector<double> clustered_edges(double lower, double upper, std::size_t cells,
                                    const Clustering& clustering);

}  // namespace fpk::law
