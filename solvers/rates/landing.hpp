// Where a jump by an offset ends, on a box whose faces reflect, absorb, or close on the opposite face.
//
//      x                      stopped: the wall reflects, and the jump does not take place (solvers/rates/along_wall.hpp)
//       \                     absorbed: at the share theta of the jump, where its line meets the wall
//     ---\-------- wall       theta = (distance of the centre to the wall) / (length across it)
//         v
//
// A jump that meets two faces belongs to the one that it meets first.
#pragma once

#include "model/domain.hpp"
#include "solvers/family.hpp"

namespace fpk::solvers {

struct Landing {
  enum class Kind {
    neighbour,  ///< as far away as from any other cell
    link,       ///< around a ring that the halo does not close
    stopped,    ///< by a face that reflects
    absorbed
  };
  Kind kind = Kind::neighbour;
  std::ptrdiff_t cell = 0;  ///< local; may lie in the halo. Where stopped or absorbed: without meaning
  std::size_t axis = 0;     ///< of the face that stops or absorbs
  bool upper = false;       ///< of that axis
  double theta = 1;         ///< share of the jump up to that face
};

/// The jump by `offset` from the local cell `from`, which may lie in the halo.
Landing landing(const model::Domain& domain, const law::GridPart& part, std::ptrdiff_t from,
                const Offset& offset);

/// Indices of a local cell, which may lie in the halo; on a ring the last one may run over its ends.
std::array<std::ptrdiff_t, law::max_dimension> indices_of(const law::GridPart& part, std::ptrdiff_t local);

/// What the offset is in the numbering of cells.
std::ptrdiff_t shift_of(const law::Grid& grid, const Offset& offset);

}  // namespace fpk::solvers
