// A diffusion on a line that reflects at both ends, exactly but for quadrature:
//
//     dX = b dt + sqrt(2 a) dW  (Ito),     Phi(x) = -int^x b/a,     p(x) ~ exp(-Phi(x)) / a(x)
//
//     E[time from x to y > x] = int_x^y dy' exp(Phi(y')) int_lower^y' exp(-Phi(z)) / a(z) dz,       and likewise to y < x
//
// (Gardiner 2009, 5.2 and 5.5.) Trapezoids on equal intervals, second order: 2.4e5 of them leave 1e-8 of the result here.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace fpk::studies {

using Function = std::function<double(double)>;

class Line {
 public:
  /// Drift b [length/time] and diffusion a [length^2/time] on [lower, upper].
  Line(const Function& b, const Function& a, double lower, double upper, std::size_t intervals = 240'000);

  /// Stationary probability of [lower, x], to one interval's share.
  [[nodiscard]] double mass_below(double x) const;
  /// Mean time of the first passage from x to y [time].
  [[nodiscard]] double mean_passage(double x, double y) const;
  /// Phi(y) - Phi(x): the barrier of the quasi-potential, in units of the noise.
  [[nodiscard]] double climb(double x, double y) const;

 private:
  [[nodiscard]] std::size_t node(double x) const;
  double lower_, width_;
  std::vector<double> phi_;    ///< Phi at the nodes, least value 0
  std::vector<double> below_;  ///< int_lower^x exp(-Phi) / a at the nodes
};

}  // namespace fpk::studies
