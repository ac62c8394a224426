// How fast a density produces entropy, and what becomes of it.
//
//          i                j
//       m_i o ---- face ---- o m_j        flux J_ij = k(i -> j) m_i - k(j -> i) m_j
//
//     production    P = sum over faces J_ij ln( k(i -> j) m_i / (k(j -> i) m_j) )          >= 0, 0 at detailed balance
//     dissipation   d = sum over faces J_ij ln( (m_i / pi_i) / (m_j / pi_j) ) = -dH/dt     >= 0, 0 where m = pi
//     housekeeping  h = sum over faces J_ij ln( k(i -> j) pi_i / (k(j -> i) pi_j) )        >= 0, 0 at detailed balance
//
//     P = d + h,      H = sum m ln(m / pi): entropy relative to the stationary law pi,      [1/time]
//     entropy       S = -sum m ln(m / |cell|), of the density that is constant in each cell
//
// Housekeeping is what it costs to keep the stationary current going; without one the production is all dissipation.
// (Schnakenberg 1976, Rev. Mod. Phys. 48, eq. 7.6; Esposito, Van den Broeck 2010, Phys. Rev. Lett. 104, eqs. 6-9)
#pragma once

#include <optional>
#include <span>

#include "solvers/generator.hpp"

namespace fpk::solvers {

struct EntropyBalance {
  double entropy = 0;
  double production = 0;  ///< infinite where mass flows one way through a face that knows no way back
  std::optional<double> dissipation, housekeeping;  ///< where a stationary law is given
};

/// Of own cells' masses on a generator; `stationary` may be empty. Of a box that absorbs, the faces inside. Flows of less
/// than 1e-14 of all that moves are left out where the other side has no mass, or less than none by an undershoot.
/// Collective.
EntropyBalance entropy_balance(const Generator& generator, std::span<const double> masses,
                               std::span<const double> stationary);

/// Whether a face lets mass through one way only: rates of first-order upwind, or of a drift too strong for doubles.
/// Collective.
bool has_one_way_faces(const Generator& generator);

}  // namespace fpk::solvers
