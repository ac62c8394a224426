#include "sde/boundary.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace fpk::sde {
namespace {

using model::Boundary;
using model::Side;

double wrapped(double x, const Side& side) {
  const double y = std::fmod(x - side.lower, side.length());  // exact, so any distance is as good
  return std::clamp(side.lower + (y < 0 ? y + side.length() : y), side.lower, side.upper);
}

/// Mirrored at both faces as often as needed: the box and its mirror image, unfolded, have period 2 * length.
double folded(double x, const Side& side) {
  const double y = std::abs(std::fmod(x - side.lower, 2 * side.length()));
  return std::clamp(side.lower + std::min(y, 2 * side.length() - y), side.lower, side.upper);
}

}  // namespace

Landing land(double x, const Side& side) {
  const auto absorbs = [](Boundary b) { return b == Boundary::absorbing; };
  if (x >= side.lower && x <= side.upper) return {x, false};
  if (side.is_periodic()) return {wrapped(x, side), false};
  const bool below = x < side.lower;
  const double wall = below ? side.lower : side.upper, opposite = below ? side.upper : side.lower;
  if (absorbs(below ? side.lower_boundary : side.upper_boundary)) return {wall, true};
  if (std::abs(x - wall) > side.length() && absorbs(below ? side.upper_boundary : side.lower_boundary))
    return {opposite, true};  // mirrored so far that it crosses the other face
  return {folded(x, side), false};
}

Losses Walls::apply(Paths& paths) const {
  bool inside = true;
  for (std::size_t a = 0; a < sides_.size(); ++a)
    inside = is_inside(paths.x[a], sides_[a].lower, sides_[a].upper) && inside;
  Losses losses;
  if (inside) return losses;
  for (std::size_t i = 0; i < formula::block_width; ++i) losses += apply(paths, i);
  return losses;
}

Losses Walls::apply(Paths& paths, std::size_t lane) const {
  bool finite = true, absorbed = false;
  for (std::size_t a = 0; a < sides_.size(); ++a) finite = finite && std::isfinite(paths.x[a][lane]);
  for (std::size_t a = 0; a < sides_.size() && finite; ++a) {
    const Landing landing = land(paths.x[a][lane], sides_[a]);
    paths.x[a][lane] = landing.x;
    absorbed = absorbed || landing.absorbed;
  }
  if (finite && !absorbed) return {};
  const bool was_alive = paths.alive[lane] != 0;
  for (std::size_t a = 0; a < sides_.size(); ++a) {
    if (was_alive) paths.end[a][lane] = finite ? paths.x[a][lane] : std::numeric_limits<double>::quiet_NaN();
    paths.x[a][lane] = sides_[a].lower + sides_[a].length() / 2;  // a quiet place for a lane nobody looks at
  }
  paths.alive[lane] = 0;
  if (!was_alive) return {};
  return finite ? Losses{1, 0} : Losses{0, 1};
}

}  // namespace fpk::sde
