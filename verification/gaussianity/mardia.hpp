// Mardia's tests of multivariate normality, mean m and covariance S estimated from the n points themselves. With
// g_ij = (x_i - m)^T S^-1 (x_j - m),
//
//     skewness  b1 = (1/n^2) sum_ij g_ij^3,    n b1 / 6 -> chi^2 with d (d + 1) (d + 2) / 6 degrees of freedom
//     kurtosis  b2 = (1/n) sum_i g_ii^2,       (b2 - d (d + 2)) / sqrt(8 d (d + 2) / n) -> N(0, 1), two-sided
//
// for normal points. (Mardia 1970.) b1 is the sum of squares of the third moments of the whitened points, so it costs n d^3, not n^2.
#pragma once

#include <Eigen/Dense>

#include "verification/gaussianity/tested.hpp"

namespace fpk::verification {

struct Mardia {
  double b1 = 0, b2 = 0;
  Tested skewness;  ///< n b1 / 6
  Tested kurtosis;  ///< the standardised b2
};

/// One point a row. Throws std::invalid_argument where there are no more points than coordinates, or S is singular.
Mardia mardia_tests(const Eigen::MatrixXd& points);

}  // namespace fpk::verification
