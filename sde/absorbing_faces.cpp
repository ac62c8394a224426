#include "sde/absorbing_faces.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sde/bridge.hpp"
#include "sde/noise/uniform.hpp"

namespace fpk::sde {
namespace {

constexpr std::uint32_t draws_a_face = 4;  ///< one decides, three tell when
constexpr std::size_t most_faces = 120;

std::vector<std::size_t> absorbing_axes(const model::Domain& domain) {
  std::vector<std::size_t> axes;
  for (const auto& face : model::absorbing_faces(domain))
    if (axes.empty() || axes.back() != face.axis) axes.push_back(face.axis);
  return axes;
}

bool is_finite(const BlockArrays& x, std::size_t lane) {
  bool finite = true;
  for (std::size_t a = 0; a < x.count(); ++a) finite = finite && std::isfinite(x[a][lane]);
  return finite;
}

}  // namespace

AbsorbingFaces::View::View(const AbsorbingFaces& faces)
    : before(faces.sides_.size()), middle(faces.sides_.size()), noise(faces.rows_) {}

AbsorbingFaces::AbsorbingFaces(const model::Process& process, const model::Domain& domain,
                               Absorption absorption)
    : sides_(domain.sides), absorption_(absorption), axes_(absorbing_axes(domain)), rows_(process, axes_) {
  for (const auto& face : model::absorbing_faces(domain)) {
    const auto row = std::find(axes_.begin(), axes_.end(), face.axis) - axes_.begin();
    faces_.push_back(
        {face, model::wall(domain, face), face.upper ? -1.0 : 1.0, static_cast<std::size_t>(row)});
  }
  if (faces_.size() > most_faces)
    throw std::invalid_argument(std::to_string(faces_.size()) + " faces absorb: at most " +
                                std::to_string(most_faces) + " have random numbers");
}

void AbsorbingFaces::remember(const Paths& paths, View& view) const {
  for (std::size_t a = 0; a < sides_.size(); ++a)
    std::copy_n(paths.x[a], formula::block_width, view.before[a]);
}

bool AbsorbingFaces::any_near(const Paths& paths, View& view, double t, double dt) const {
  const bool bridge = absorption_ == Absorption::bridge;
  if (bridge) rows_.evaluate(view.before.all(), t, view.noise);
  const double reach = bridge ? 0.5 * out_of_reach * dt : 0;
  return std::any_of(faces_.begin(), faces_.end(), [&](const Wall& f) {
    return is_near(view.before[f.face.axis], paths.x[f.face.axis], f.at, reach, view.noise.square(f.row));
  });
}

std::optional<Hit> AbsorbingFaces::hit(const BlockArrays& from, const BlockArrays& to, std::size_t lane,
                                       const View& view, double dt, const Decisions& decisions) const {
  std::optional<Hit> first;
  for (std::size_t f = 0; f < faces_.size(); ++f) {
    const Wall& wall = faces_[f];
    const double h0 = wall.sign * (from[wall.face.axis][lane] - wall.at),
                 h1 = wall.sign * (to[wall.face.axis][lane] - wall.at);
    const double v = absorption_ == Absorption::bridge ? view.noise.square(wall.row)[lane] * dt : 0;
    const double probability = crossing_probability(h0, h1, v);
    if (probability == 0) continue;
    const auto number = [&](std::uint32_t k) {
      return uniform(decisions.stream, decisions.first_particle + lane, decisions.step,
                     static_cast<std::uint32_t>(f) * draws_a_face + k);
    };
    if (probability < 1 && number(0) >= probability) continue;
    const double share = crossing_share(h0, h1, v, {number(1), number(2), number(3)});
    if (!first || share < first->share) first = Hit{f, share};
  }
  return first;
}

/// On the wall along the axis that it crossed, and off the absorbing faces of all others, so that its place tells the face.
void AbsorbingFaces::end(Paths& paths, std::size_t lane, const BlockArrays& from, const BlockArrays& to,
                         const Hit& hit) const {
  const Wall& wall = faces_[hit.border];
  for (std::size_t a = 0; a < sides_.size(); ++a) {
    const double x = from[a][lane] + hit.share * (to[a][lane] - from[a][lane]);
    paths.end[a][lane] = a == wall.face.axis ? wall.at : off_absorbing_walls(land(x, sides_[a]).x, sides_[a]);
  }
  rest(paths, lane, sides_);
}

Losses AbsorbingFaces::apply(Paths& paths, View& view, double t, double dt,
                             const Decisions& decisions) const {
  Losses lost;
  if (!any_near(paths, view, t, dt)) return lost;
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    if (paths.alive[i] == 0 || !is_finite(paths.x, i)) continue;
    const auto found = hit(view.before, paths.x, i, view, dt, decisions);
    if (!found) continue;
    end(paths, i, view.before, paths.x, *found);
    ++lost.absorbed;
  }
  return lost;
}

Losses AbsorbingFaces::apply_in_halves(Paths& paths, View& view, double t, double dt,
                                       std::span<const double* const> dW_1,
                                       std::span<const double* const> dW_2,
                                       const Decisions& decisions) const {
  if (absorption_ == Absorption::end_of_step) return apply(paths, view, t, dt, decisions);
  Losses lost;
  if (!any_near(paths, view, t, dt)) return lost;
  rows_.set_middle(view.before, paths.x.all(), view.noise, dW_1, dW_2, view.middle);
  Decisions second = decisions;
  ++second.step;
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    if (paths.alive[i] == 0 || !is_finite(paths.x, i)) continue;
    if (const auto early = hit(view.before, view.middle, i, view, dt / 2, decisions))
      end(paths, i, view.before, view.middle, *early);
    else if (const auto late = hit(view.middle, paths.x, i, view, dt / 2, second))
      end(paths, i, view.middle, paths.x, *late);
    else
      continue;
    ++lost.absorbed;
  }
  return lost;
}

}  // namespace fpk::sde
