#include "solvers/petsc/shifted_system.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/petsc/generator_matrix.hpp"
#include "solvers/petsc/linear_solver.hpp"

namespace fpk::solvers::petsc {
namespace {

constexpr double largest_correction = 1e-6;  ///< of the total mass; more is no rounding

}  // namespace

struct ShiftedSystem::Impl {
  law::GridPart part;
  Matrix matrix;
  Vector right, solution;
  Solver solver;
  std::vector<double> column_sums;
  LinearSolver kind = LinearSolver::none;
  std::int64_t solves = 0;
  double restored = 0;

  void prepare(const Generator& generator, double alpha, double beta, Direction direction, LinearSolver with);
  void use(LinearSolver wanted);
  KSPConvergedReason attempt(std::span<const double> y, std::span<double> x);
};

ShiftedSystem::ShiftedSystem(const Generator& generator) : impl_(std::make_unique<Impl>()) {
  impl_->part = generator.part();
  impl_->matrix = make_matrix(generator);
  check(MatCreateVecs(impl_->matrix, impl_->solution.out(), impl_->right.out()), "make vectors");
}

ShiftedSystem::~ShiftedSystem() = default;

void ShiftedSystem::set(const Generator& generator, double alpha, double beta, Direction direction) {
  const double stiffness = beta * generator.largest_outflow() / alpha;  // infinite where alpha is 0
  impl_->prepare(generator, alpha, beta, direction, choose_linear_solver(generator.part(), stiffness));
}

void ShiftedSystem::factor(const Generator& generator, double alpha, double beta, Direction direction) {
  impl_->prepare(generator, alpha, beta, direction, LinearSolver::factored);
}

void ShiftedSystem::Impl::prepare(const Generator& generator, double alpha, double beta, Direction direction,
                                  LinearSolver with) {
  Impl& s = *this;
  assemble(s.matrix, generator, alpha, beta, direction);
  s.column_sums.clear();  // what follows is about masses, which a transpose does not move
  if (direction == Direction::forward) {
    s.column_sums = generator.rates().absorption();
    for (auto& sum : s.column_sums) sum = alpha + beta * sum;
  }
  s.use(with);
}

void ShiftedSystem::Impl::use(LinearSolver wanted) {
  if (kind != wanted) solver = make_linear_solver(wanted, part);
  kind = wanted;
  check(KSPSetOperators(solver, matrix, matrix), "give the matrix to the solver");
  check(KSPSetUp(solver), "factor the matrix");
}

KSPConvergedReason ShiftedSystem::Impl::attempt(std::span<const double> y, std::span<double> x) {
  check(VecPlaceArray(right, y.data()), "pass the right-hand side");
  check(VecPlaceArray(solution, x.data()), "pass the solution");
  const PetscErrorCode outcome = KSPSolve(solver, right, solution);
  KSPConvergedReason reason = KSP_CONVERGED_ITERATING;
  KSPGetConvergedReason(solver, &reason);
  VecResetArray(right);
  VecResetArray(solution);
  check(outcome, "solve a linear system");
  return reason;
}

void ShiftedSystem::solve(std::span<const double> y, std::span<double> x) {
  Impl& s = *impl_;
  KSPConvergedReason reason = s.attempt(y, x);
  if (reason < 0 && s.kind == LinearSolver::incomplete) {  // BiCGStab may break down: the robust ways remain
    std::copy(y.begin(), y.end(), x.begin());
    s.use(choose_linear_solver(s.part, std::numeric_limits<double>::infinity()));
    reason = s.attempt(y, x);
  }
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
  s.restored += std::abs(wanted - found);
}

std::int64_t ShiftedSystem::solves() const { return impl_->solves; }
double ShiftedSystem::restored() const { return impl_->restored; }

void ShiftedSystem::archive(parallel::Archive& archive) {
  Impl& s = *impl_;
  archive("solves", s.solves);
  archive("restored", s.restored);
  auto kind = static_cast<int>(s.kind);
  archive("linear_solver", kind);
  if (const auto wanted = static_cast<LinearSolver>(kind); archive.is_restoring() && s.kind != wanted)
    s.use(wanted);  // it had broken down, and a robust one took its place
}

}  // namespace fpk::solvers::petsc
