// Face weights of a reversible process on cells: Markov jump rates in detailed balance with weights of the cells.
//
//      cell i            cell j          p_i = mean of exp(-L/D) over cell i,  U_i = -ln p_i,  z = U_j - U_i
//   |----- o -----|----- o -----|
//            <--- delta --->             k(i -> j) = D / (delta w_i) B(z) c,   k(j -> i) = D / (delta w_j) B(-z) c
//
// with w_i the width of cell i across the face and c > 0 the same in both directions: whatever c, the
// discrete equilibrium is exp(-U_i), the exact cell-averaged Gibbs law. c = 1 is Scharfetter-Gummel on the free energies
// U, exact on a constant slope. The series resistance between the centres,
//
//     c_R = R exp((U_i + U_j)/2) / s(z),   s(z) = (z/2) / sinh(z/2),
//     R = mean over the face of 1 / (mean of exp(L/D) along the line between the centres),
//
// knows the shape of L between the centres, but on a constant slope it is c_R = s(z) instead of 1: too slow
// by z^2/24 where cells are small, exponentially where they are not resolved. So its excess over a constant
// slope, c_R / s(z), is what the blend takes, with weight s(z)^2: exact on a constant slope, the resistance
// at the tops and bottoms that matter for crossing a barrier, and the rate |b|/h of unresolved cells.
//
// The published choices take U_i = L(x_i)/D at the centre, and so have the Gibbs law at the centres for their
// equilibrium, an error of second order: Scharfetter and Gummel's, c = 1, and the square-root approximation
// (Lie, Fackeldey, Weber 2013),
//
//     k(i -> j) = D / (delta w_i) sqrt(p_j / p_i),   that is  c = 1 / s(z),  as  B(z) = s(z) exp(-z/2)
//
// (Scharfetter, Gummel 1969; Heida, Kantner, Stephan, arXiv 2002.09385, for the family of weights;
// docs/decisions/0011-face-weight-on-slopes.md for figures)
#pragma once

#include <span>
#include <string_view>

#include "solvers/flux/slope.hpp"

namespace fpk::solvers {

/// What the energy U of a cell is.
enum class Energy {
  cell_average,  ///< -ln(mean of exp(-L/D) over the cell)
  point_value    ///< L/D at its centre
};

struct FaceWeight {
  std::string_view name;  ///< "blended", ...
  std::string_view source;
  Energy energy;
  bool knows_resistance;  ///< otherwise none is computed, and ln R is 0
  /// ln c, from the slope and ln[ R exp((U_i + U_j)/2) ].
  double (*log_factor)(const FaceSlope& slope, double log_resistance);
};

/// All of them; the first is what runs take.
std::span<const FaceWeight> face_weights();
const FaceWeight* find_face_weight(std::string_view name);

}  // namespace fpk::solvers
