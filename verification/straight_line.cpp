#include "verification/straight_line.hpp"

namespace fpk::verification {

StraightLine fit_line(std::span<const LinePoint> points) {
  double w = 0, xm = 0, ym = 0;
  for (const auto& point : points) {
    w += point.weight;
    xm += point.weight * point.x;
    ym += point.weight * point.y;
  }
  xm /= w;
  ym /= w;
  double sxx = 0, sxy = 0;
  for (const auto& point : points) {
    sxx += point.weight * (point.x - xm) * (point.x - xm);
    sxy += point.weight * (point.x - xm) * (point.y - ym);
  }
  StraightLine line{sxy / sxx, ym - sxy / sxx * xm, 1 / sxx, 0};
  for (const auto& point : points) {
    const double residual = point.y - line.intercept - line.slope * point.x;
    line.chi_squared += point.weight * residual * residual;
  }
  return line;
}

}  // namespace fpk::verification
