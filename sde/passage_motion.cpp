#include "sde/passage_motion.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sde/bridge.hpp"
#include "sde/noise/uniform.hpp"
#include "sde/start.hpp"

namespace fpk::sde {
namespace {

constexpr std::uint32_t first_draw = 480;  ///< beyond those of 120 faces

std::vector<std::size_t> all_axes(const model::Process& process) {
  std::vector<std::size_t> axes(process.dimension());
  std::iota(axes.begin(), axes.end(), std::size_t{0});
  return axes;
}

}  // namespace

PassageMotion::PassageMotion(const PassageProblem& problem, const EnsembleSettings& settings)
    : sides_(problem.domain.sides),
      motion_(make_motion(problem.process, problem.domain, problem.initial, settings)),
      bridge_(settings.absorption == Absorption::bridge),
      faces_(problem.process, problem.domain, settings.absorption),
      rows_(problem.process, all_axes(problem.process)) {
  if (problem.target) target_.emplace(problem.process, *problem.target, settings.absorption);
}

PassageMotion::Flight::Flight(const PassageMotion& of)
    : paths(of.motion_), view(of.faces_), noise(of.rows_), landed(of.sides_.size()), distance(3) {
  if (of.target_) target.emplace(*of.target_);
  for (std::size_t k = 0; k < 3; ++k) std::fill_n(distance[k], formula::block_width, 1.0);
}

void PassageMotion::finish(Flight& flight, std::size_t lane, double time, PassageEnd end) const {
  flight.time[lane] = time;
  flight.end[lane] = end;
  rest(flight.paths.paths, lane, sides_);
}

void PassageMotion::begin(Flight& flight) const {
  Paths& paths = flight.paths.paths;
  flight.time.fill(0);
  flight.end.fill(PassageEnd::none);
  const auto was_alive = paths.alive;
  motion_.walls.apply(paths);
  for (std::size_t i = 0; i < formula::block_width; ++i)
    if (was_alive[i] != 0 && paths.alive[i] == 0) finish(flight, i, 0, PassageEnd::face);
  if (!target_) return;
  set_distance(flight, paths.x, before);
  for (std::size_t i = 0; i < formula::block_width; ++i)
    if (paths.alive[i] != 0 && flight.distance[before][i] <= 0) finish(flight, i, 0, PassageEnd::target);
}

void PassageMotion::set_distance(Flight& flight, const BlockArrays& x, Point point) const {
  if (!target_) return;
  bool inside = true;
  for (std::size_t a = 0; a < sides_.size(); ++a)
    inside = is_inside(x[a], sides_[a].lower, sides_[a].upper) && inside;
  if (inside) return target_->set_distance(x.all(), *flight.target, flight.distance[point]);
  for (std::size_t a = 0; a < sides_.size(); ++a)
    for (std::size_t i = 0; i < formula::block_width; ++i)
      flight.landed[a][i] = std::isfinite(x[a][i]) ? land(x[a][i], sides_[a]).x : sides_[a].lower;
  target_->set_distance(flight.landed.all(), *flight.target, flight.distance[point]);
}

/// A step of the scheme; whether some path may have ended in it.
bool PassageMotion::move(Flight& flight, double t, double dt, const Draws& draws) const {
  Paths& paths = flight.paths.paths;
  faces_.remember(paths, flight.view);
  if (target_) target_->set_square(paths.x.all(), t, *flight.target);
  motion_.scheme->step(paths.x.all(), t, dt, draws, *flight.paths.scratch);
  set_distance(flight, paths.x, after);
  const bool near_face = faces_.any_near(paths, flight.view, t, dt);
  return near_face || (target_ && is_near(flight.distance[before], flight.distance[after], 0,
                                          0.5 * out_of_reach * dt, flight.target->square[0]));
}

std::optional<double> PassageMotion::share_in_target(const Flight& flight, std::size_t lane, Point h0,
                                                     Point h1, double dt, const Decisions& decisions) const {
  if (!target_) return std::nullopt;
  const double from = flight.distance[h0][lane], to = flight.distance[h1][lane],
               v = flight.target->square[0][lane] * dt;
  const double probability = crossing_probability(from, to, v);
  if (probability == 0) return std::nullopt;
  const auto number = [&](std::uint32_t k) {
    return uniform(decisions.stream, decisions.first_particle + lane, decisions.step, first_draw + k);
  };
  if (probability < 1 && number(0) >= probability) return std::nullopt;
  return crossing_share(from, to, v, {number(1), number(2), number(3)});
}

/// Ends the living paths that met the target or a face between two points.
void PassageMotion::judge(Flight& flight, const BlockArrays& from, Point h0, const BlockArrays& to, Point h1,
                          double t, double dt, const Decisions& decisions) const {
  const Paths& paths = flight.paths.paths;
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    bool look = paths.alive[i] != 0;
    for (std::size_t a = 0; a < sides_.size(); ++a) look = look && std::isfinite(paths.x[a][i]);
    if (!look) continue;
    const auto face = faces_.hit(from, to, i, flight.view, dt, decisions);
    const auto target = share_in_target(flight, i, h0, h1, dt, decisions);
    if (target && (!face || *target < face->share))
      finish(flight, i, t + *target * dt, PassageEnd::target);
    else if (face)
      finish(flight, i, t + face->share * dt, PassageEnd::face);
  }
}

/// What is left for the other walls: mirrors, rings, explosions.
void PassageMotion::land_all(Flight& flight, double t) const {
  Paths& paths = flight.paths.paths;
  const auto was_alive = paths.alive;
  bool inside = true;
  for (std::size_t a = 0; a < sides_.size(); ++a)
    inside = is_inside(paths.x[a], sides_[a].lower, sides_[a].upper) && inside;
  const Losses lost = motion_.walls.apply(paths, t);
  for (std::size_t i = 0; i < formula::block_width && lost.absorbed + lost.exploded > 0; ++i)
    if (was_alive[i] != 0 && paths.alive[i] == 0)
      finish(flight, i, t, std::isfinite(paths.end[0][i]) ? PassageEnd::face : PassageEnd::exploded);
  if (inside)
    std::copy_n(flight.distance[after], formula::block_width, flight.distance[before]);
  else
    set_distance(flight, paths.x, before);
}

void PassageMotion::step(Flight& flight, double t, double dt, const Draws& draws,
                         const Decisions& decisions) const {
  if (move(flight, t, dt, draws))
    judge(flight, flight.view.before, before, flight.paths.paths.x, after, t, dt, decisions);
  land_all(flight, t + dt);
}

void PassageMotion::step_in_halves(Flight& flight, double t, double dt, const Draws& draws,
                                   const Draws& first, const Draws& second,
                                   const Decisions& decisions) const {
  const bool near = move(flight, t, dt, draws);
  const Paths& paths = flight.paths.paths;
  if (near && !bridge_) judge(flight, flight.view.before, before, paths.x, after, t, dt, decisions);
  if (near && bridge_) {
    rows_.evaluate(flight.view.before.all(), t, flight.noise);
    rows_.set_middle(flight.view.before, paths.x.all(), flight.noise, first.dW, second.dW,
                     flight.view.middle);
    set_distance(flight, flight.view.middle, middle);
    Decisions late = decisions;
    ++late.step;
    judge(flight, flight.view.before, before, flight.view.middle, middle, t, dt / 2, decisions);
    judge(flight, flight.view.middle, middle, paths.x, after, t + dt / 2, dt / 2, late);
  }
  land_all(flight, t + dt);
}

}  // namespace fpk::sde
