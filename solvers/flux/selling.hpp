// Selling's decomposition of a symmetric tensor over integer offsets:
//
//     a = sum_e rho_e e e^T,        rho_e >= 0,   e integer,   at most d (d + 1) / 2 offsets
//
// A superbase is d + 1 integer vectors b_0, ..., b_d that sum to zero, any d of them a basis of the lattice. For every
// one of them, whatever a (Selling 1874; Conway, Sloane 1992),
//
//     a = sum_{j<k} -<b_j, a b_k> e_jk e_jk^T,      <e_jk, b_l> = 1 for l = j, -1 for l = k, 0 for the others,
//
// so the weights are non-negative once the superbase is obtuse: <b_j, a b_k> <= 0 for all pairs. As long as one pair is
// not, a step of Selling's algorithm lowers sum <b_j, a b_j>:
//
//     b_j -> -b_j,   b_k stays,   b_l -> b_l + b_j for the others (three dimensions: l = both; two: b_l -> b_j - b_k)
//
//       o . . o . .                 An isotropic tensor is spread over the neighbours, an anisotropic one over offsets close
//       . . o . . o      o . o      to its strong direction, as far as about (largest / smallest eigenvalue)^(1/4) cells on
//       . . . o . .  ->  . x .      the average and its square root at most. Where that is too far, the algorithm stops at
//       o . . . . .      o . o      the reach allowed, and some weights stay negative: at most one in two dimensions.
//
// With weights of either sign the centred operator sum rho_e (u(x+e) - 2 u(x) + u(x-e)) is von Neumann stable: the e_jk
// are differences of the d vectors of a dual basis and 0, so with theta_j = k . c_j, theta_0 = 0, its symbol is
// -sum rho_jk |z_j - z_k|^2, z_j = exp(i theta_j), which is -Q(Re z) - Q(Im z) for the form Q(x) = sum rho_jk (x_j -
// x_k)^2 = <x, a x> >= 0 in suitable coordinates. (Fehrenbach, Mirebeau 2014; Bonnans, Bonnet, Mirebeau 2021 for the use
// in monotone schemes.)
#pragma once

#include <array>
#include <cstddef>

namespace fpk::solvers {

inline constexpr std::size_t most_offsets = 6;

/// Symmetric, in units of cells: a_ij / (h_i h_j) [1/time]. Rows and columns from `dimension` on are not read.
using CellTensor = std::array<std::array<double, 3>, 3>;

struct Decomposition {
  struct Term {
    std::array<int, 3> offset{};  ///< its last component that is not zero is positive
    double weight = 0;            ///< rho [1/time]
  };
  std::array<Term, most_offsets> terms{};
  std::size_t count = 0;  ///< dimension (dimension + 1) / 2
  bool positive = true;   ///< no weight is negative
};

/// Decomposes a positive semidefinite tensor; dimension 1, 2 or 3. No component of an offset exceeds `reach` >= 1. The
/// sum restores the tensor to round-off of its trace.
Decomposition selling(const CellTensor& a, std::size_t dimension, int reach);

}  // namespace fpk::solvers
