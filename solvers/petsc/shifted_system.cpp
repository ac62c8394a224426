#include "solvers/petsc/shifted_system.hpp"

#include <cmath>

#include "solvers/petsc/generator_matrix.hpp"

namespace fpk::solvers::petsc {
namespace {

constexpr double solver_tolerance = 1e-13;  ///< residual over right-hand side
constexpr PetscInt most_iterations = 500;
/// Cells up to which a factorisation, kept while the step stays, beats an iteration.
constexpr std::size_t most_cells_factored = 100'000;
constexpr double largest_correction = 1e-6;  ///< of the total mass; more is no rounding

}  // namespace

struct ShiftedSystem::Impl {
  law::GridPart part;
  Matrix matrix;
  Vector right, solution;
  Solver solver;
  std::vector<double> column_sums;
  bool direct = false;
  std::int64_t solves = 0;
  double restored = 0;

  void prepare(const Generator& generator, double alpha, double beta, Direction direction, bool directly);
  void choose_solver();
};

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
  impl_->part = generator.part();
  impl_->matrix = make_matrix(generator);
  check(MatCreateVecs(impl_->matrix, impl_->solution.out(), impl_->right.out()), "make vectors");
}

ShiftedSystem::~ShiftedSystem() = default;

void ShiftedSystem::set(const Generator& generator, double alpha, double beta, Direction direction) {
  const auto& grid = generator.part().grid();
  impl_->prepare(generator, alpha, beta, direction,
                 grid.dimension() == 1 || grid.size() <= most_cells_factored);
}

void ShiftedSystem::factor(const Generator& generator, double alpha, double beta, Direction direction) {
  impl_->prepare(generator, alpha, beta, direction, true);
}

void ShiftedSystem::Impl::prepare(const Generator& generator, double alpha, double beta, Direction direction,
                                  bool directly) {
  Impl& s = *this;
  assemble(s.matrix, generator, alpha, beta, direction);
  s.column_sums.clear();  // what follows is about masses, which a transpose does not move
  if (direction == Direction::forward) {
    s.column_sums = generator.rates().absorption();
    for (auto& sum : s.column_sums) sum = alpha + beta * sum;
  }
  if (s.solver == nullptr || s.direct != directly) {
    s.solver = Solver();
    s.direct = directly;
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
  std::vector<double> terms(x.begin(), x.end());
  for (std::size_t c = 0; c < s.column_sums.size(); ++c) terms[c] = s.column_sums[c] * x[c];
  const double wanted = law::total(s.part, y), found = law::total(s.part, terms);
  if (!std::isfinite(found)) throw SolverError("a linear solve returned numbers that are not finite");
  if (s.column_sums.empty() || found == 0 || !(std::abs(wanted / found - 1) < largest_correction)) return;
  for (auto& v : x) v *= wanted / found;
  s.restored += std::abs(wanted / found - 1);
}

std::int64_t ShiftedSystem::solves() const { return impl_->solves; }
double ShiftedSystem::restored() const { return impl_->restored; }

}  // namespace fpk::solvers::petsc
