// Faces between cells, and the rates across them.
//
//            forward[c]                     A family: all faces that join c to c + shift, for one offset of cells.
//      c  ------------->  c + shift         A face that does not exist has rates 0.
//         <-------------
//            backward[c]                    A link: a face that is not the same shift as others.
#pragma once

#include <array>

#include "solvers/field.hpp"

namespace fpk::solvers {

/// A displacement in cells along each axis.
using Offset = std::array<int, law::max_dimension>;

/// Faces c -> c + shift for all cells c; rates [1/time], with halos filled.
struct Family {
  std::ptrdiff_t shift;
  Field forward, backward;
  Offset offset{};  ///< what the shift is along each axis
};

/// A face outside the families. Cells are local; one of the two may lie in the halo, and then the process of that cell
/// holds the same link.
struct Link {
  std::ptrdiff_t from, to;
  double forward, backward;
  Offset offset{};  ///< the way from one to the other
};

}  // namespace fpk::solvers
