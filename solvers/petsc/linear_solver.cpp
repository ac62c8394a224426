#include "solvers/petsc/linear_solver.hpp"

namespace fpk::solvers::petsc {
namespace {

constexpr double solver_tolerance = 1e-13;  ///< residual over right-hand side
constexpr PetscInt most_iterations = 500;
/// Stiffness up to which an incomplete factorisation is the fastest: the iterations grow with its root, some 60 here. In
/// three dimensions its rivals cost more: at 1000 it is still several times as fast as BoomerAMG.
constexpr double most_stiff_for_incomplete = 100, most_stiff_for_incomplete_3d = 1000;
/// Cells of a plane up to which a factorisation, kept while the step stays, beats multigrid. In three dimensions it fills
/// in: 32 x 32 x 32 cells take ten times as long as multigrid.
constexpr std::size_t most_cells_factored = 100'000;
constexpr std::size_t most_cells_factored_3d = 4'000;

}  // namespace

LinearSolver choose_linear_solver(const law::GridPart& part, double stiffness) {
  const auto& grid = part.grid();
  if (grid.dimension() == 1) return LinearSolver::factored;  // no fill-in
  if (stiffness <= (grid.dimension() == 2 ? most_stiff_for_incomplete : most_stiff_for_incomplete_3d))
    return LinearSolver::incomplete;
  const std::size_t most = grid.dimension() == 2 ? most_cells_factored : most_cells_factored_3d;
  return grid.size() <= most ? LinearSolver::factored : LinearSolver::multigrid;
}

Solver make_linear_solver(LinearSolver kind, const law::GridPart& part) {
  const bool alone = part.processes().size() == 1;
  Solver solver;
  check(KSPCreate(communicator(part.processes()), solver.out()), "make a solver");
  PC preconditioner = nullptr;
  check(KSPGetPC(solver, &preconditioner), "reach the preconditioner");
  if (kind == LinearSolver::factored) {
    check(KSPSetType(solver, KSPPREONLY), "choose a solver");
    check(PCSetType(preconditioner, PCLU), "choose a factorisation");
    const bool line = part.grid().dimension() == 1 && alone;
    check(PCFactorSetMatSolverType(preconditioner, line ? MATSOLVERPETSC : MATSOLVERMUMPS),
          "choose a factorisation");
  } else {
    const bool incomplete = kind == LinearSolver::incomplete;
    check(KSPSetType(solver, incomplete ? KSPBCGS : KSPGMRES), "choose a solver");
    // Block Jacobi's own choice within a block is ILU(0).
    check(PCSetType(preconditioner, !incomplete ? PCHYPRE
                                    : alone     ? PCILU
                                                : PCBJACOBI),
          "choose a preconditioner");
    check(KSPSetPCSide(solver, PC_RIGHT),
          "choose a preconditioner's side");  // the residual is that of the system
    check(KSPSetInitialGuessNonzero(solver, PETSC_TRUE), "use the first guess");
  }
  check(KSPSetTolerances(solver, solver_tolerance, PETSC_DEFAULT, PETSC_DEFAULT, most_iterations),
        "set tolerances");
  check(KSPSetFromOptions(solver), "read PETSC_OPTIONS");
  return solver;
}

}  // namespace fpk::solvers::petsc
