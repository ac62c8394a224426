// Many sweeps over an array as one: a wavefront in time and space.
//
// Level k of cell c needs level k - 1 of cells c - reach to c + reach, so a few levels can move along the array
// together, each a reach behind the one before it. What a level reads is still in the cache from the level before:
//
//     level 4   ######################....
//     level 3   ###########################....            # done   . next
//     level 2   ################################....
//     level 1   #####################################....    -> cells
//                                  |<--- stays in the L2 cache --->|
//
// Levels form groups; a group is one task, and follows the group before it at the same distance, on another thread
// where there is one (Wellein, Hager, Zeiser, Wittmann, Fehske 2009: pipelined temporal blocking). Each cell of each
// level is computed once, so the bits do not depend on the number of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace fpk::solvers {

struct Wavefront {
  std::size_t cells, reach;
  std::size_t depth = 8;     ///< levels of a group
  std::size_t chunk = 1024;  ///< cells of a level before the next level's turn
};

/// Calls step(level, begin, end) for levels 1 to `levels`, for disjoint ranges that cover all cells in order. When it
/// is called, the level before is complete up to end + reach (and so is, of the level after, nothing beyond begin -
/// reach: two levels may share an array if a level reads no other cell of the one before the last).
void run_wavefront(const Wavefront& wave, std::size_t levels,
                   const std::function<void(std::size_t, std::size_t, std::size_t)>& step);

/// The depth for which the levels of a group stay in the second-level cache, given the bytes a cell and level.
std::size_t wavefront_depth(std::size_t reach, std::size_t bytes_per_cell);

}  // namespace fpk::solvers
