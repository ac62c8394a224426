// The projected law of one cell of widths w is a box spline: the sum of independent uniform variables of
// widths w_a |theta_a|. It is replaced by the uniform law of the same mean and variance,
//
//   width W = sqrt(sum_a (w_a theta_a)^2),
//
// and shared among equal bins by overlap. Both laws are treated alike, so for smooth densities the error of a
// distance is second order in the cell width and in the bin width; at worst it is 0.2 W (replacing) and one
// bin (sharing).
#include "verification/distance/projection.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fpk::verification {
namespace {

constexpr std::size_t directions_in_plane = 16, directions_in_space = 24;

std::vector<law::Point> half_circle(std::size_t n) {
  std::vector<law::Point> thetas;
  for (std::size_t k = 0; k < n; ++k) {
    const double angle = std::numbers::pi * static_cast<double>(k) / static_cast<double>(n);
    thetas.push_back({std::cos(angle), std::sin(angle), 0});
  }
  return thetas;
}

std::vector<law::Point> half_sphere(std::size_t n) {
  const double golden_angle = std::numbers::pi * (3 - std::sqrt(5.0));
  std::vector<law::Point> thetas;
  for (std::size_t k = 0; k < n; ++k) {
    const double z = (static_cast<double>(k) + 0.5) / static_cast<double>(n), r = std::sqrt(1 - z * z);
    const double angle = golden_angle * static_cast<double>(k);
    thetas.push_back({r * std::cos(angle), r * std::sin(angle), z});
  }
  return thetas;
}

/// The contribution of one axis to the projected centre, and to the square of the projected width, of its
/// cells.
struct ProjectedAxis {
  std::vector<double> centre{0.0}, width_squared{0.0};  ///< of the one cell of an unused axis
  double lower = 0, upper = 0;
};

ProjectedAxis project(const law::Axis& axis, double theta) {
  ProjectedAxis projected;
  projected.centre.resize(axis.cells());
  projected.width_squared.resize(axis.cells());
  for (std::size_t i = 0; i < axis.cells(); ++i) {
    projected.centre[i] = theta * axis.center(i);
    projected.width_squared[i] = theta * axis.width(i) * theta * axis.width(i);
  }
  projected.lower = std::min(theta * axis.lower(), theta * axis.upper());
  projected.upper = std::max(theta * axis.lower(), theta * axis.upper());
  return projected;
}

/// Bins on [lower, upper] that collect uniform pieces of two laws.
class Bins {
 public:
  Bins(double lower, double upper)
      : p(projection_bins, 0.0), q(projection_bins, 0.0), lower_(lower), width_((upper - lower) / count) {}

  /// Adds masses p_c and q_c, uniform on an interval of the given width about the centre.
  void add(double centre, double width, double p_c, double q_c) {
    const double begin = std::clamp((centre - 0.5 * width - lower_) / width_, 0.0, count);
    const double end = std::clamp((centre + 0.5 * width - lower_) / width_, begin, count);
    const auto first = std::min(static_cast<std::size_t>(begin), projection_bins - 1);
    const auto last = std::min(static_cast<std::size_t>(end), projection_bins - 1);
    if (first == last) return share(first, p_c, q_c);
    const double p_bin = p_c / (end - begin), q_bin = q_c / (end - begin);
    const double head = static_cast<double>(first + 1) - begin, tail = end - static_cast<double>(last);
    share(first, head * p_bin, head * q_bin);
    for (std::size_t b = first + 1; b < last; ++b) share(b, p_bin, q_bin);
    share(last, tail * p_bin, tail * q_bin);
  }
  [[nodiscard]] std::vector<double> edges() const {
    std::vector<double> e(projection_bins + 1);
    for (std::size_t b = 0; b < e.size(); ++b) e[b] = lower_ + width_ * static_cast<double>(b);
    return e;
  }

  std::vector<double> p, q;

 private:
  void share(std::size_t bin, double p_b, double q_b) {
    p[bin] += p_b;
    q[bin] += q_b;
  }
  static constexpr double count = projection_bins;
  double lower_, width_;
};

}  // namespace

std::vector<law::Point> directions(std::size_t dimension) {
  if (dimension == 1) return {{1, 0, 0}};
  return dimension == 2 ? half_circle(directions_in_plane) : half_sphere(directions_in_space);
}

LinePair projected_pair(const law::GridPart& part, Masses p, Masses q, const law::Point& theta) {
  std::array<ProjectedAxis, law::max_dimension> axes;
  double lower = 0, upper = 0;
  for (std::size_t a = 0; a < part.grid().dimension(); ++a) {
    axes[a] = project(part.grid().axis(a), theta[a]);
    lower += axes[a].lower;
    upper += axes[a].upper;
  }
  Bins bins(lower, upper);
  const std::size_t row = part.grid().cells(0);
  for (std::size_t begin = 0; begin < part.size(); begin += row) {
    const law::Index at = part.index(begin);
    const double centre = axes[1].centre[at[1]] + axes[2].centre[at[2]];
    const double width_squared = axes[1].width_squared[at[1]] + axes[2].width_squared[at[2]];
    for (std::size_t i = 0; i < row; ++i)  // the row of at[0] = 0
      bins.add(centre + axes[0].centre[i], std::sqrt(width_squared + axes[0].width_squared[i]), p[begin + i],
               q[begin + i]);
  }
  part.processes().sum(bins.p);
  part.processes().sum(bins.q);
  return line_pair(bins.edges(), bins.p, bins.q);
}

}  // namespace fpk::verification
