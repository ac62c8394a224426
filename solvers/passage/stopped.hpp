// The process stopped on sets of states: the cells of the sets taken out, the rates into them turned into absorption.
//
//     kept cell c        border     cell n of the set       k  = rate c -> n,  k' = rate n -> c
//    |----- o -----|------- # --|----- o -----|             V  = volume of a cell,  z = ln(k' V_n / (k V_c))
//           <-- theta delta -->
//           <--------- delta ---------->                    k(c -> set) = k B(theta z) / (theta B(z))
//
// A cell belongs to a set if its centre does. The border crosses the segment between the two centres at a fraction theta
// in (0, 1], found by bisection of the set's formula, and that is where the wall stands: the rate across a face is
// D/(delta w) B(z) c, so that over the distance theta delta it is the one above, whatever the weight c. On a grid line theta
// is 1/2, and the rate that of an absorbing face. Only absorption changes, so detailed balance survives. The error at
// the border's cells is O(1), on a layer whose Green's function is O(h): second order for a border that lies anywhere.
// Without noise across the border (the linear form of limited fluxes) nothing comes back, and what leaves is the flux with the cell
// behind the border like the one before it, (7 v p_c - v p_u) / 6: second order for a border on a grid line, first elsewhere.
// (Shortley, Weller 1938; Gibou, Fedkiw, Cheng, Kang 2002, J. Comput. Phys. 176, for the symmetric form)
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "formula/formula.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

/// The least fraction of a segment that is resolved: a wall closer to a centre is moved this far away. Rates grow like its
/// inverse, and with them the work of a propagation.
inline constexpr double least_fraction = 1e-3;

/// One way out of a kept cell into a set, across what was a face.
struct Border {
  std::size_t cell;          ///< local, kept
  std::ptrdiff_t neighbour;  ///< local, in the set; in the halo where another process holds it
  std::size_t set;
  double theta;        ///< of the segment from the centre of the cell to the border
  double rate;         ///< from the cell into the set, the wall at theta
  double out, in;      ///< rates of the face before: cell -> neighbour, neighbour -> cell
  std::size_t family;  ///< whose face it was; families.size() + k for link k
  bool upward;         ///< neighbour = cell + shift of the family, or the link's `to`
};

struct Stopped {
  std::shared_ptr<const Generator> generator;  ///< of the stopped process; taken out cells only decay
  std::vector<std::vector<double>> into_set;   ///< [set][cell]: rate of stopping there; 0 on cells taken out
  std::vector<double> into_faces;  ///< rate of leaving through absorbing faces; 0 on cells taken out
  std::vector<double> absorption;  ///< both together; 0 on cells taken out
  std::vector<std::int8_t> where;  ///< index of the set that a cell belongs to, -1 where it is kept
  std::vector<Border> borders;
  bool has_absorbing_faces = false;  ///< some process has a positive into_faces

  [[nodiscard]] bool kept(std::size_t cell) const { return where[cell] < 0; }
};

/// Stops the process of `generator`, in its linear form, on sets; each formula is non-zero inside. Collective. Throws std::invalid_argument where
/// a set holds no centre of a cell, two sets share one, or no cell is kept.
Stopped stop(const Generator& generator, std::span<const formula::Formula> sets);

}  // namespace fpk::solvers
