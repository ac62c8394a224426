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

/// Pushes of one path, at one face after another, before it is mirrored for good: near a corner each may lead out again.
constexpr int most_pushes = 8;

/// Mirrored at both faces as often as needed: the box and its mirror image, unfolded, have period 2 * length.
double folded(double x, const Side& side) {
  const double y = std::abs(std::fmod(x - side.lower, 2 * side.length()));
  return std::clamp(side.lower + std::min(y, 2 * side.length() - y), side.lower, side.upper);
}

bool reflects_beyond(double x, const Side& side) {
  return (x < side.lower && side.lower_boundary == Boundary::reflecting) ||
         (x > side.upper && side.upper_boundary == Boundary::reflecting);
}

}  // namespace

double order_at_walls(const model::Domain& domain) {
  const bool reflects = std::any_of(domain.sides.begin(), domain.sides.end(), [](const Side& side) {
    return side.lower_boundary == Boundary::reflecting || side.upper_boundary == Boundary::reflecting;
  });
  return reflects ? 1 : std::numeric_limits<double>::infinity();
}

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

Walls::Walls(const model::Process& process, const model::Domain& domain) : Walls(domain) {
  if (!process.has_diagonal_diffusion()) conormal_ = std::make_shared<Conormal>(process);
}

double off_absorbing_walls(double x, const Side& side) {
  const bool at_lower = side.lower_boundary == Boundary::absorbing && x <= side.lower,
             at_upper = side.upper_boundary == Boundary::absorbing && x >= side.upper;
  return at_lower   ? std::nextafter(side.lower, side.upper)
         : at_upper ? std::nextafter(side.upper, side.lower)
                    : x;
}

void rest(Paths& paths, std::size_t lane, const std::vector<Side>& sides) {
  for (std::size_t a = 0; a < sides.size(); ++a) paths.x[a][lane] = sides[a].lower + sides[a].length() / 2;
  paths.alive[lane] = 0;
}

Losses Walls::apply(Paths& paths, double t) const {
  bool inside = true;
  for (std::size_t a = 0; a < sides_.size(); ++a)
    inside = is_inside(paths.x[a], sides_[a].lower, sides_[a].upper) && inside;
  Losses losses;
  if (inside) return losses;
  losses.mirrored = beyond_reflecting_faces(paths);
  if (conormal_) push_back(paths, t);
  for (std::size_t i = 0; i < formula::block_width; ++i) losses += apply(paths, i);
  return losses;
}

std::int64_t Walls::beyond_reflecting_faces(const Paths& paths) const {
  std::int64_t count = 0;
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    bool beyond = false;
    for (std::size_t a = 0; a < sides_.size(); ++a)
      beyond = beyond || (std::isfinite(paths.x[a][i]) && reflects_beyond(paths.x[a][i], sides_[a]));
    count += beyond && paths.alive[i] != 0 ? 1 : 0;
  }
  return count;
}

/// Leaves to land() what only it knows: rings, faces that absorb, and paths that come to no rest.
void Walls::push_back(const Paths& paths, double t) const {
  const BlockArrays nearest(sides_.size());
  for (std::size_t a = 0; a < sides_.size(); ++a)
    for (std::size_t i = 0; i < formula::block_width; ++i)
      nearest[a][i] = std::clamp(paths.x[a][i], sides_[a].lower, sides_[a].upper);
  const BlockArrays tensor = conormal_->tensor(nearest, t);
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    bool out = true;
    for (int k = 0; k < most_pushes && out; ++k) {
      out = false;
      for (std::size_t a = 0; a < sides_.size(); ++a) {
        const double x = paths.x[a][i], wall = std::clamp(x, sides_[a].lower, sides_[a].upper);
        const bool reflects =
            (x < wall ? sides_[a].lower_boundary : sides_[a].upper_boundary) == Boundary::reflecting;
        if (x == wall || !std::isfinite(x) || !reflects) continue;
        conormal_->push(paths.x, i, a, 2 * (wall - x), tensor);
        out = true;
      }
    }
  }
}

Losses Walls::apply(Paths& paths, std::size_t lane) const {
  bool finite = true, absorbed = false;
  for (std::size_t a = 0; a < sides_.size(); ++a) finite = finite && std::isfinite(paths.x[a][lane]);
  for (std::size_t a = 0; a < sides_.size() && finite; ++a) {
    const Landing landing = land(paths.x[a][lane], sides_[a]);
    paths.x[a][lane] = landing.absorbed && absorbed ? off_absorbing_walls(landing.x, sides_[a]) : landing.x;
    absorbed = absorbed || landing.absorbed;
  }
  if (finite && !absorbed) return {};
  const bool was_alive = paths.alive[lane] != 0;
  for (std::size_t a = 0; a < sides_.size() && was_alive; ++a)
    paths.end[a][lane] = finite ? paths.x[a][lane] : std::numeric_limits<double>::quiet_NaN();
  rest(paths, lane, sides_);
  if (!was_alive) return {};
  return finite ? Losses{.absorbed = 1} : Losses{.exploded = 1};
}

}  // namespace fpk::sde
