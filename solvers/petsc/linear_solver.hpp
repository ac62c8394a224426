// Which linear solver (alpha I - beta A) x = y gets: one table, filled by measurement (docs/propagators.md).
//
//     stiffness = beta (largest rate) / alpha: how far the matrix is from a multiple of I
#pragma once

#include "law/grid.hpp"
#include "solvers/petsc/handle.hpp"

namespace fpk::solvers::petsc {

enum class LinearSolver {
  none,
  factored,    ///< LU: PETSc's own on a line, MUMPS elsewhere
  incomplete,  ///< BiCGStab with ILU(0), of the own rows on several processes
  multigrid    ///< GMRES with hypre's BoomerAMG
};

LinearSolver choose_linear_solver(const law::GridPart& part, double stiffness);

/// A solver of that kind, on the processes of the part. Collective.
Solver make_linear_solver(LinearSolver kind, const law::GridPart& part);

}  // namespace fpk::solvers::petsc
