// Where a jump by an offset ends, on a box whose faces reflect, absorb, or close on the opposite face.
//
//       |   o  mirrored: the jump goes on from the wall, its component along the normal turned round
//     x |  /        \                                                                                  .
//      \| /          \  absorbed: at the share theta of the jump, where its line meets the wall
//       |/    x-------[-->                  theta = (distance of the centre to the wall) / (length across it)
//
// A mirrored jump is the chain's form of reflection along the normal, which is what the particles do; with u continued
// evenly across the wall the centred scheme keeps its order there.
#pragma once

#include "model/domain.hpp"
#include "solvers/family.hpp"

namespace fpk::solvers {

struct Landing {
  enum class Kind {
    neighbour,  ///< as far away as from any other cell
    link,       ///< mirrored, or around a ring that the halo does not close
    absorbed
  };
  Kind kind = Kind::neighbour;
  std::ptrdiff_t cell = 0;  ///< local; may lie in the halo. Where absorbed: without meaning
  Offset offset{};          ///< the way taken: the jump's own around a ring, from end to end where mirrored
  std::size_t axis = 0;     ///< of the face that absorbs
  bool upper = false;       ///< of that axis
  double theta = 1;         ///< share of the jump up to that face
};

/// The jump by `offset` from the local cell `from`, which may lie in the halo.
Landing landing(const model::Domain& domain, const law::GridPart& part, std::ptrdiff_t from,
                const Offset& offset);

/// What the offset is in the numbering of cells.
std::ptrdiff_t shift_of(const law::Grid& grid, const Offset& offset);

}  // namespace fpk::solvers
