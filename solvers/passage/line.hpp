// Elimination on a line of cells without a single subtraction.
//
//     cell i jumps up at rate u_i, down at rate d_i, and is absorbed at rate a_i
//
//     s_i = a_i + d_i s_(i-1) / (u_(i-1) + s_(i-1)):    rate of being lost below or at i, seen from i
//
//     backward, -A^T x = y:   f_i = y_i + d_i f_(i-1) / (u_(i-1) + s_(i-1)),   x_i = (f_i + u_i x_(i+1)) / (u_i + s_i)
//     forward,  -A   x = y:   g_i = y_i + u_(i-1) g_(i-1) / (u_(i-1) + s_(i-1)),   x_i = (g_i + d_(i+1) x_(i+1)) / (u_i + s_i)
//
// Gaussian elimination in which the pivot is a sum of positive numbers rather than a difference: every entry of the solution
// comes out to a relative error of a few n roundings, however far apart the rates and the solution are.
// (Grassmann, Taksar, Heyman 1985, Oper. Res. 33; Alfa, Xue, Ye 2002, Math. Comp. 71)
#pragma once

#include <span>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

class LineElimination {
 public:
  /// Whether a generator is a line: one variable, and no ring.
  static bool fits(const Generator& generator);

  /// Every process holds the whole line. Collective.
  LineElimination(const Generator& generator, Direction direction);

  /// Own cells of x; y >= 0. Collective. Throws SolverError where a cell can never be left.
  [[nodiscard]] std::vector<double> solve(std::span<const double> y) const;

 private:
  law::GridPart part_;
  Direction direction_;
  std::vector<double> up_, down_, lost_;  ///< u, d, s
};

}  // namespace fpk::solvers
