// Quadrature of a normal increment where the outcome of a step changes its branch: a wall is met, a proposal begins to be refused.
//
//     -8.5      cut        cut                                8.5
//       |-------|----|-----|---|--- ... ---|-----------------|      xi, in standard deviations
//                    ^ branch changes (found by bisection to round-off)
//
// On every piece between two cuts (changes of the branch, and whole numbers) Gauss and Legendre's nodes carry the normal density.
// A change back and forth within a quarter of a standard deviation may be missed.
#pragma once

#include <functional>
#include <vector>

#include "law/gauss.hpp"

namespace fpk::sde {

/// A step from point number `from` on the increment xi (variance 1).
struct Trial {
  std::size_t from;
  double xi;
};
/// A number for each trial; a step is a smooth function of xi where it does not change.
using BranchesOf = std::function<std::vector<long>(const std::vector<Trial>&)>;

/// For each of the points the nodes, or none where the branch is the same everywhere. Weights sum to 1.
std::vector<std::vector<law::Node>> nodes_between_branches(std::size_t points, const BranchesOf& branches_of,
                                                           std::size_t nodes_a_piece);

}  // namespace fpk::sde
