#include "solvers/petsc/shifted_system.hpp"

#include <petscdmda.h>

#include <cmath>

#include "solvers/petsc/handle.hpp"

namespace fpk::solvers::petsc {
namespace {

constexpr double solver_tolerance = 1e-13;  ///< residual over right-hand side
constexpr PetscInt most_iterations = 500;
constexpr double largest_correction = 1e-6;  ///< of the total mass; more is no rounding

/// A DMDA with the part's planes on each process: its ordering is then the grid's own.
Dm grid_manager(const law::GridPart& part) {
  const law::Grid& grid = part.grid();
  const auto d = static_cast<PetscInt>(grid.dimension());
  const auto starts = part.plane_starts();
  std::vector<PetscInt> planes;
  for (std::size_t r = 0; r + 1 < starts.size(); ++r) planes.push_back(to_petsc(starts[r + 1] - starts[r]));
  const PetscInt processes = to_petsc(planes.size());
  const auto share = [&](PetscInt axis) { return axis + 1 == d ? processes : (axis < d ? 1 : PETSC_DECIDE); };
  const auto ranges = [&](PetscInt axis) { return axis + 1 == d ? planes.data() : nullptr; };
  Dm dm;
  check(DMDACreate(communicator(part.processes()), dm.out()), "make a grid");
  check(DMSetDimension(dm, d), "set the dimension");
  check(DMDASetSizes(dm, to_petsc(grid.cells(0)), to_petsc(grid.cells(1)), to_petsc(grid.cells(2))),
        "size the grid");
  check(DMDASetNumProcs(dm, share(0), share(1), share(2)), "share the grid");
  check(DMDASetOwnershipRanges(dm, ranges(0), ranges(1), ranges(2)), "share the grid");
  check(DMDASetDof(dm, 1), "set up the grid");
  check(DMDASetStencilType(dm, DMDA_STENCIL_STAR), "set up the grid");
  check(DMDASetStencilWidth(dm, 1), "set up the grid");
  check(DMDASetInterpolationType(dm, DMDA_Q0), "set up the grid");
  check(DMSetUp(dm), "set up the grid");
  return dm;
}

}  // namespace

struct ShiftedSystem::Impl {
  law::GridPart part;
  Dm dm;
  Matrix matrix;
  Vector right, solution;
  Solver solver;
  std::vector<double> column_sums;
  bool direct = false;
  std::int64_t solves = 0;

  void assemble(const Generator& generator, double alpha, double beta);
  void choose_solver();
  [[nodiscard]] PetscInt global(std::ptrdiff_t local) const;
};

/// Global index of a local cell; the halo wraps around where the grid is a ring.
PetscInt ShiftedSystem::Impl::global(std::ptrdiff_t local) const {
  const auto n = static_cast<std::ptrdiff_t>(part.grid().size());
  return static_cast<PetscInt>((static_cast<std::ptrdiff_t>(part.first()) + local + n) % n);
}

void ShiftedSystem::Impl::assemble(const Generator& generator, double alpha, double beta) {
  const auto add = [&](PetscInt row, PetscInt column, double value) {
    if (value != 0) check(MatSetValue(matrix, row, column, value, ADD_VALUES), "set an entry of the matrix");
  };
  const Rates& rates = generator.rates();
  check(MatZeroEntries(matrix), "clear the matrix");
  for (std::ptrdiff_t c = 0; c < static_cast<std::ptrdiff_t>(part.size()); ++c) {
    const PetscInt row = global(c);
    add(row, row, alpha + beta * generator.outflow()[static_cast<std::size_t>(c)]);
    for (const auto& f : rates.families) {
      add(row, global(c - f.shift), -beta * f.forward.data()[c - f.shift]);
      add(row, global(c + f.shift), -beta * f.backward.data()[c]);
    }
  }
  for (const auto& l : rates.links) {
    add(global(l.to), global(l.from), -beta * l.forward);
    add(global(l.from), global(l.to), -beta * l.backward);
  }
  check(MatAssemblyBegin(matrix, MAT_FINAL_ASSEMBLY), "assemble the matrix");
  check(MatAssemblyEnd(matrix, MAT_FINAL_ASSEMBLY), "assemble the matrix");
  column_sums.assign(part.size(), alpha);
  for (std::size_t c = 0; c < column_sums.size() && !rates.absorption.empty(); ++c)
    column_sums[c] += beta * rates.absorption[c];
}

void ShiftedSystem::Impl::choose_solver() {
  PC preconditioner = nullptr;
  check(KSPGetPC(solver, &preconditioner), "reach the preconditioner");
  if (direct) {
    check(KSPSetType(solver, KSPPREONLY), "choose a solver");
    check(PCSetType(preconditioner, PCLU), "choose a factorisation");
    const bool line = part.grid().dimension() == 1 && part.processes().size() == 1;  // no fill-in to save
    check(PCFactorSetMatSolverType(preconditioner, line ? MATSOLVERPETSC : MATSOLVERMUMPS),
          "choose a factorisation");
  } else {
    check(KSPSetType(solver, KSPGMRES), "choose a solver");
    check(PCSetType(preconditioner, PCHYPRE), "choose a preconditioner");
    check(KSPSetPCSide(solver, PC_RIGHT), "choose a preconditioner's side");
    check(KSPSetInitialGuessNonzero(solver, PETSC_TRUE), "use the first guess");
  }
  check(KSPSetTolerances(solver, solver_tolerance, PETSC_DEFAULT, PETSC_DEFAULT, most_iterations),
        "set tolerances");
  check(KSPSetFromOptions(solver), "read PETSC_OPTIONS");
}

ShiftedSystem::ShiftedSystem(const Generator& generator) : impl_(std::make_unique<Impl>()) {
  start();
  impl_->part = generator.part();
  impl_->dm = grid_manager(impl_->part);
  check(DMSetMatType(impl_->dm, MATAIJ), "choose a matrix");
  // The grid's own preallocation knows no links across a ring, which new entries provide for.
  check(DMCreateMatrix(impl_->dm, impl_->matrix.out()), "make a matrix");
  check(MatSetOption(impl_->matrix, MAT_NEW_NONZERO_ALLOCATION_ERR, PETSC_FALSE), "set up the matrix");
  check(MatCreateVecs(impl_->matrix, impl_->solution.out(), impl_->right.out()), "make vectors");
}

ShiftedSystem::~ShiftedSystem() = default;

void ShiftedSystem::set(const Generator& generator, double alpha, double beta, bool direct) {
  Impl& s = *impl_;
  s.assemble(generator, alpha, beta);
  if (s.solver == nullptr || s.direct != direct) {
    s.solver = Solver();
    s.direct = direct;
    check(KSPCreate(communicator(s.part.processes()), s.solver.out()), "make a solver");
    s.choose_solver();
  }
  check(KSPSetOperators(s.solver, s.matrix, s.matrix), "give the matrix to the solver");
  check(KSPSetUp(s.solver), "factor the matrix");
}

void ShiftedSystem::solve(std::span<const double> y, std::span<double> x) {
  Impl& s = *impl_;
  check(VecPlaceArray(s.right, y.data()), "pass the right-hand side");
  check(VecPlaceArray(s.solution, x.data()), "pass the solution");
  const PetscErrorCode outcome = KSPSolve(s.solver, s.right, s.solution);
  KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
  KSPGetConvergedReason(s.solver, &reason);
  VecResetArray(s.right);
  VecResetArray(s.solution);
  check(outcome, "solve a linear system");
  if (reason < 0)
    throw SolverError(
        std::string("a linear solve did not converge (PETSc: ") + KSPConvergedReasons[reason] +
        "); try another density.propagator, fewer cells, or PETSC_OPTIONS=-ksp_monitor to watch it");
  ++s.solves;
  std::vector<double> terms(x.size());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = s.column_sums[c] * x[c];
  const double wanted = law::total(s.part, y), found = law::total(s.part, terms);
  if (!std::isfinite(found)) throw SolverError("a linear solve returned numbers that are not finite");
  if (found != 0 && std::abs(wanted / found - 1) < largest_correction)
    for (auto& v : x) v *= wanted / found;
}

std::int64_t ShiftedSystem::solves() const { return impl_->solves; }

}  // namespace fpk::solvers::petsc
