// How a block of paths moves: a step of the scheme, then the walls.
#pragma once

#include <memory>
#include <vector>

#include "parallel/threads.hpp"
#include "sde/boundary.hpp"
#include "sde/paths.hpp"
#include "sde/scheme.hpp"

namespace fpk::sde {

/// A block of paths, and what a scheme needs beside them.
struct Flight {
  Flight(const Scheme& scheme, std::size_t dimension) : paths(dimension), scratch(scheme.scratch()) {}
  Paths paths;
  std::unique_ptr<Scratch> scratch;
};

struct Motion {
  std::unique_ptr<Scheme> scheme;
  Walls walls;

  /// From time t to t + dt. Returns how many paths ended.
  Losses step(Flight& flight, double t, double dt, const Draws& draws) const {
    scheme->step(flight.paths.x.all(), t, dt, draws, *flight.scratch);
    return walls.apply(flight.paths, t + dt);
  }
};

/// A place to work in for every thread, each made from these arguments.
template <class Place, class... Arguments>
std::vector<Place> one_for_each_thread(const Arguments&... arguments) {
  std::vector<Place> places;
  for (std::size_t w = 0; w < parallel::threads(); ++w) places.emplace_back(arguments...);
  return places;
}

}  // namespace fpk::sde
