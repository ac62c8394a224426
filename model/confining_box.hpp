// The box that a potential confines a process to: around the level set
//
//     { x :  L(x) - min L < E D },      E = ln 1e12,
//
// outside of which the Gibbs density is below 1e-12 of its top.
//
//      outer  +-------------------------+     scanned on a lattice over seven times the box: where the level set reaches
//             |      +----------+       |     the rim, the box grows to the rim and is scanned again; else it shrinks or
//             |      |   box  * | *     |     grows to what was found, and the search ends when it no longer moves
//             |      +----------+       |
//             +-------------------------+
//
// A level set that lies in several parts is found where a part is nearer than three times the length of the box, and
// wider than 1/146 of it in one dimension, 1/32 in two, 1/8 in three.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::model {

struct ConfiningBox {
  std::vector<double> lower, upper;
  double mass_outside = 0;  ///< of the Gibbs law, between this box and one three times as long
};

/// `energy` is L/D; the box holds [lower, upper], which is not empty. At most three variables. Nothing where the potential
/// does not confine: the search reaches a million times the length that it started from.
std::optional<ConfiningBox> confining_box(const std::vector<std::string>& variables,
                                          const formula::Formula& energy, const std::vector<double>& lower,
                                          const std::vector<double>& upper);

}  // namespace fpk::model
