// The stationary law of a chain of neighbouring cells by multiplicative multigrid: positive at every stage, a few numbers
// a cell, work in proportion to the cells.
//
// Cells are joined two by two along the axes; the joint chain's rates follow from the weights x as they are,
//
//     fine   | i | j || k | l |        X_I = x_i + x_j,     U = sum over the faces between I and J of x_i k(i -> j)
//     coarse |   I   ||   J   |                             W = the same from J to I
//
//     K(I -> J) = (C + N/2) / X_I,   K(J -> I) = (C - N/2) / X_J,   N = U - W,
//     C = max(phi (U + W)/2, |N|/2 + phi min(U, W)/2)
//
// with phi the distance of fine centres over that of coarse ones: plain aggregation (phi = 1) lets mass diffuse twice as
// fast as it does, which is why it converges slowly; the net flux N is kept, so that the joint weights of the stationary law
// are stationary for the joint chain. What the joint chain then finds corrects the weights by factors,
//
//     x_i <- x_i r(i),   r: X_after / X_before, linear between the centres of I and its neighbours
//
// Gauss-Seidel sweeps before and after; elimination where few cells are left. (Aggregation: Horton, Leutenegger 1994; De
// Sterck et al. 2008. Over-correction: Braess 1995. Linear factors with summed residuals: Mohr, Wienands 2004.)
#pragma once

#include "solvers/multigrid/chain.hpp"

namespace fpk::solvers::multigrid {

struct Outcome {
  bool converged = false;
  int cycles = 0;
  double change = 0;  ///< L1, by the last cycle
};

/// Cycles until the weights cease to change by more than rounding. Gives up early where the cycles gain too little.
Outcome settle(Chain& chain);

}  // namespace fpk::solvers::multigrid
