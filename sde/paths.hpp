// A block of paths in flight.
#pragma once

#include <array>
#include <cstdint>

#include "sde/block.hpp"

namespace fpk::sde {

/// A lane whose path has ended keeps being computed with the others, because a block is always full; where
/// the path ended is kept aside.
struct Paths {
  explicit Paths(std::size_t dimension) : x(dimension), end(dimension) {}

  BlockArrays x;    ///< where the paths are
  BlockArrays end;  ///< where those that ended did
  std::array<std::uint8_t, formula::block_width>
      alive{};  ///< 0 where a path has ended, or a lane has no particle

  [[nodiscard]] bool any_alive() const {
    for (const auto a : alive)
      if (a != 0) return true;
    return false;
  }
  /// Coordinate a of the particle in lane i.
  [[nodiscard]] double position(std::size_t a, std::size_t i) const {
    return alive[i] != 0 ? x[a][i] : end[a][i];
  }
};

}  // namespace fpk::sde
