// Levels of a sweep that a part makes between two exchanges with its neighbours (other processes, or itself round a ring).
//
// From K reaches of its neighbours' cells a part makes K levels by itself, if it makes again what it needs of theirs: level j
// on K - j reaches beyond its own cells.
//
//     level 3                  |###########|                 | own cells |      . ghost cells, made here as well
//     level 2              ....|###########|....                                - received
//     level 1          ........|###########|........
//     level 0      ------------|###########|------------
//
// One exchange for K levels, and levels that advance together in the cache (solvers/sweep/wavefront.hpp), for some more
// work. A cell is made by the same operations wherever it is made, so the bits do not depend on K. (Ding, He 2001:
// ghost cell expansion)
#pragma once

#include "solvers/sweep/sweep.hpp"

namespace fpk::solvers {

/// K, for faces that cross `reach` planes: as many levels as stay in the cache, and as leave little to make again; 1 where
/// there are links. Collective.
std::size_t levels_between_exchanges(const SweepMatrix& matrix, std::size_t reach);

/// Lets the matrix make so many levels between exchanges: copies its arrays into wider halos, if there are several.
/// Collective.
void widen(SweepMatrix& matrix, std::size_t reach, std::size_t levels);

/// Own and ghost cells in one count: from the lowest ghost cell of level 1 on.
class GhostZone {
 public:
  GhostZone(const SweepMatrix& matrix, std::size_t levels);

  [[nodiscard]] std::size_t size() const { return below_ + matrix_.part.size() + above_; }
  [[nodiscard]] std::size_t below() const { return below_; }  ///< ghost cells below the own ones

  struct Range {
    std::size_t begin, end;
  };
  /// What level j, 1 to K, makes of a range of that count: ghosts below, counted from the lowest; own cells, and ghosts above,
  /// counted from the first own cell.
  struct Pieces {
    Range below, own, above;
  };
  [[nodiscard]] Pieces pieces(std::size_t level, std::size_t begin, std::size_t end) const;

 private:
  const SweepMatrix& matrix_;
  std::size_t levels_, below_, above_;
};

}  // namespace fpk::solvers
