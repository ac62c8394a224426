// The straight line y = intercept + slope x through points, by weighted least squares.
//
//   slope = sum w (x - xm)(y - ym) / sum w (x - xm)^2,   xm, ym the weighted means,   w = 1 / var(y)
#pragma once

#include <span>

namespace fpk::verification {

struct LinePoint {
  double x = 0, y = 0;
  double weight = 1;  ///< 1 / variance of y
};

struct StraightLine {
  double slope = 0, intercept = 0;
  double slope_variance = 0;  ///< where the weights are true
  double chi_squared = 0;     ///< sum w (y - line)^2
};

/// Needs two different x.
StraightLine fit_line(std::span<const LinePoint> points);

}  // namespace fpk::verification
