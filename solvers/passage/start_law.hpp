// Where a passage starts, as masses on the cells that are kept, and what has ended before it began.
//
// A point lies between the centres of 2^d cells and is shared among them by multilinear weights: the mean of f over the
// weights is f at the point to second order. A wall between a cell i and the cell n behind it has the last word: along
// that axis the weights are those of the cell and the wall,
//
//     o --- x --- # - - o          m_i = 1 - s/theta,    s/theta has ended there
//     i     s   theta   n
//
// with theta the fraction at which the border of a set stands (1/2 at an absorbing face). So they stay non-negative, and a start
// beside a border is as accurate as any other. Beyond a reflecting face lies the mirror image of the cell itself.
#pragma once

#include <vector>

#include "model/domain.hpp"
#include "solvers/passage/stopped.hpp"

namespace fpk::solvers {

struct StartLaw {
  std::vector<double> masses;         ///< own cells; 0 on those taken out
  std::vector<double> ended_in_sets;  ///< mass that starts in each set
  double ended_at_faces = 0;          ///< mass that starts on an absorbing face
};

/// All mass at x, which must lie in the grid. Collective.
StartLaw start_at_point(const Stopped& stopped, const model::Domain& domain, const law::Point& x,
                        std::span<const formula::Formula> sets);

/// Cell masses (own cells): those on cells taken out have ended. Collective.
StartLaw start_with_masses(const Stopped& stopped, std::vector<double> masses);

}  // namespace fpk::solvers
