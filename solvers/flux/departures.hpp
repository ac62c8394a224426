// The rates at which a cell is left, for a full diffusion tensor and any drift (Ito).
//
// In units of cells, a_ij / (h_i h_j) = sum_e rho_e e e^T (solvers/flux/selling.hpp) and b_i / h_i = sum_e rho_e w_e e + r
// with w_e = <g, e>. Then
//
//     k(x -> x + e) = rho_e (1 + w_e / 2),      k(x -> x - e) = rho_e (1 - w_e / 2)        |w_e| <= 7/4
//
// is the centred scheme for sum_e rho_e (D_ee u + w_e D_e u) = b . grad u + a : hess u, of second order, with the
// hybrid's smooth passage to Bernoulli's weights beyond (solvers/flux/hybrid.hpp). Coefficients are taken at the cell that
// is left, so that the transpose, which moves masses, is div grad : (a p) - div(b p) without a derivative of a.
//
//           x+e'  x+e      Where a can carry the whole drift, g = a^{-1} b and r = 0. Elsewhere g = 0, and all drift is carried
//              o  o        along the axes as transport without noise, r. (A part of it for each, as much as leaves |w_e| <= 2,
//              | /         has kinks where that bound is met, and their error is of first order: at a condition number of
//          o---x---o       1000 and 240 cells it was 7 times that of r alone.)
//            / |
//           o  o
//
// Source of the decomposition in monotone schemes: Bonnans, Bonnet, Mirebeau 2021, of the weight: Scharfetter, Gummel 1969.
#pragma once

#include "solvers/flux/selling.hpp"

namespace fpk::solvers {

using CellVector = std::array<double, 3>;

struct Departures {
  struct Jump {
    std::array<int, 3> offset{};
    double weight = 0;  ///< rho_e; negative where the tensor is too anisotropic for the reach
    double drift = 0;   ///< rho_e w_e
  };
  std::array<Jump, most_offsets> jumps{};
  std::size_t count = 0;
  CellVector force{};    ///< g [1/cells]
  CellVector rest{};     ///< r, drift along the axes [cells/time]
  bool positive = true;  ///< no weight is negative
  bool carried = true;   ///< r is zero but for the rounding of g
};

/// What carries a drift that the tensor cannot, and where weights may be negative.
enum class Carrier {
  jumps,     ///< the jumps carry all that is in the range of the tensor, at any w_e
  transport  ///< the jumps carry none of it
};

/// a: a_ij / (h_i h_j), b: b_i / h_i [1/time].
Departures departures(const CellTensor& a, const CellVector& b, std::size_t dimension, int reach,
                      Carrier carrier);

}  // namespace fpk::solvers
