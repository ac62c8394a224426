// How a block of paths moves: a step of the scheme, then the faces that absorb, then the other walls.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "parallel/threads.hpp"
#include "sde/absorbing_faces.hpp"
#include "sde/boundary.hpp"
#include "sde/paths.hpp"
#include "sde/scheme.hpp"

namespace fpk::sde {

struct Motion {
  std::unique_ptr<Scheme> scheme;
  Walls walls;
  std::optional<AbsorbingFaces> faces;  ///< where some absorb
};

/// A block of paths, and what a motion needs beside them.
struct Flight {
  explicit Flight(const Motion& motion) : paths(motion.walls.dimension()), scratch(motion.scheme->scratch()) {
    if (motion.faces) view.emplace(*motion.faces);
  }
  Paths paths;
  std::unique_ptr<Scratch> scratch;
  std::optional<AbsorbingFaces::View> view;
};

/// From time t to t + dt. Returns how many paths ended.
inline Losses step(const Motion& motion, Flight& flight, double t, double dt, const Draws& draws,
                   const Decisions& decisions) {
  if (motion.faces) motion.faces->remember(flight.paths, *flight.view);
  motion.scheme->step(flight.paths.x.all(), t, dt, draws, *flight.scratch);
  Losses lost;
  if (motion.faces) lost += motion.faces->apply(flight.paths, *flight.view, t, dt, decisions);
  return lost += motion.walls.apply(flight.paths, t + dt);
}

/// The same for the coarse path of a coupled pair, whose step has two halves with increments of their own: `draws` joins them.
inline Losses step_in_halves(const Motion& motion, Flight& flight, double t, double dt, const Draws& draws,
                             const Draws& first, const Draws& second, const Decisions& decisions) {
  if (motion.faces) motion.faces->remember(flight.paths, *flight.view);
  motion.scheme->step(flight.paths.x.all(), t, dt, draws, *flight.scratch);
  Losses lost;
  if (motion.faces)
    lost += motion.faces->apply_in_halves(flight.paths, *flight.view, t, dt, first.dW, second.dW, decisions);
  return lost += motion.walls.apply(flight.paths, t + dt);
}

/// A place to work in for every thread, each made from these arguments.
template <class Place, class... Arguments>
std::vector<Place> one_for_each_thread(const Arguments&... arguments) {
  std::vector<Place> places;
  for (std::size_t w = 0; w < parallel::threads(); ++w) places.emplace_back(arguments...);
  return places;
}

}  // namespace fpk::sde
