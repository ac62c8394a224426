#include "solvers/propagators/krylov.hpp"

#include <slepcmfn.h>

#include <algorithm>
#include <cmath>

#include "solvers/petsc/handle.hpp"
#include "solvers/total_mass.hpp"

namespace fpk::solvers {
namespace {

using petsc::check;

using MatrixFunction = petsc::Handle<MFN, MFNDestroy>;

/// Vectors of a basis: the work of making them orthogonal grows with its square.
constexpr PetscInt basis = 30;
/// Bases for one sub-step: the dense exponential is of `basis` times as many rows.
constexpr PetscInt most_restarts = 4;
/// Sub-steps that took so many grow; at least two are always made, the second to judge the first.
constexpr PetscInt easy = 2, growing = 3;
/// Jumps of the fastest cell in the first sub-step.
constexpr double first_jumps = 20;
/// The least correction, relative to |m|_2, that can be asked for: rounding of the projection.
constexpr double rounding_of_projection = 1e-15;
/// What one application may change the mass by, in relative terms: a few roundings of the rates.
constexpr double rounding_of_application = 1e-15;

/// A generator behind PETSc's matrix interface: its own kernel is faster than a sparse matrix, and takes no memory.
struct Operator {
  std::shared_ptr<const Generator> generator;
  Field field;
  std::int64_t applications = 0;
};

PetscErrorCode apply(Mat matrix, Vec x, Vec y) {
  Operator* a = nullptr;
  PetscCall(MatShellGetContext(matrix, &a));
  const std::size_t n = a->field.size();
  const PetscScalar* in = nullptr;
  PetscScalar* out = nullptr;
  PetscCall(VecGetArrayRead(x, &in));
  std::copy_n(in, n, a->field.data());
  PetscCall(VecRestoreArrayRead(x, &in));
  PetscCall(VecGetArray(y, &out));
  a->generator->apply(a->field, {out, n});
  PetscCall(VecRestoreArray(y, &out));
  ++a->applications;
  return 0;
}

class Krylov : public Propagator {
 public:
  explicit Krylov(const PropagatorTask& task)
      : task_(task),
        operator_{task.generator(0), task.generator(0)->field()},
        part_(operator_.generator->part()) {
    petsc::start();
    const auto n = petsc::to_petsc(part_.size()), all = petsc::to_petsc(part_.grid().size());
    const MPI_Comm communicator = petsc::communicator(part_.processes());
    check(MatCreateShell(communicator, n, n, all, all, &operator_, matrix_.out()), "wrap a generator");
    check(MatShellSetOperation(matrix_, MATOP_MULT, reinterpret_cast<void (*)()>(apply)), "wrap a generator");
    check(MatCreateVecs(matrix_, from_.out(), to_.out()), "make vectors");
    check(MFNCreate(communicator, function_.out()), "make a matrix function");
    check(MFNSetOperator(function_, matrix_), "give the generator to the matrix function");
    FN exponential = nullptr;
    check(MFNGetFN(function_, &exponential), "reach the function");
    check(FNSetType(exponential, FNEXP), "choose the exponential");
    check(MFNSetType(function_, MFNKRYLOV), "choose Arnoldi's process");
    check(MFNSetDimensions(function_, std::min(basis, all)), "choose the size of the basis");
    check(MFNSetFromOptions(function_), "read PETSC_OPTIONS");
    step_ = first_jumps / std::max(operator_.generator->largest_outflow(), first_jumps / task.duration);
  }

  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    const double before = law::total(part_, masses);
    const std::int64_t applied_before = operator_.applications;
    std::vector<double> next(masses.size());
    double t = from;
    while (t < to) {
      const double sub_steps = std::ceil((to - t) / step_ * (1 - 1e-12)), tau = (to - t) / sub_steps;
      const PetscInt restarts = project(masses, tau, next);
      if (restarts > most_restarts) {
        step_ = tau / 2;
        if (t + step_ == t)
          throw SolverError(
              "the krylov propagator's sub-step has shrunk to nothing; loosen density.tolerance");
        continue;
      }
      std::copy(next.begin(), next.end(), masses.begin());
      t = sub_steps == 1 ? to : t + tau;
      if (tick) tick(t);
      if (restarts <= easy)
        step_ = std::max(step_, 1.5 * tau);
      else if (restarts <= growing)
        step_ = std::max(step_, 1.1 * tau);
    }
    if (operator_.generator->is_closed())
      restored_ += restore_total(
          part_, masses, before,
          rounding_of_application * static_cast<double>(operator_.applications - applied_before));
  }

  [[nodiscard]] std::int64_t work() const override { return operator_.applications; }
  void archive(parallel::Archive& archive) override {
    archive("restored", restored_);
    archive("applications", operator_.applications);
    archive("step", step_);
  }

 private:
  /// out = exp(A tau) masses; returns the bases that it took, more than the most where they did not do.
  PetscInt project(std::span<const double> masses, double tau, std::span<double> out) {
    double squares = 0;
    for (const double m : masses) squares += m * m;
    const double norm = std::sqrt(part_.processes().sum(squares));
    if (norm == 0) {  // all mass is gone
      std::copy(masses.begin(), masses.end(), out.begin());
      return 1;
    }
    const double allowed = task_.tolerance * tau / task_.duration;
    const double correction = std::max(allowed / (norm * std::sqrt(static_cast<double>(part_.grid().size()))),
                                       rounding_of_projection);
    FN exponential = nullptr;
    check(MFNGetFN(function_, &exponential), "reach the function");
    check(FNSetScale(exponential, tau, 1), "set the length of the sub-step");
    check(MFNSetTolerances(function_, correction, most_restarts), "set tolerances");
    check(VecPlaceArray(from_, masses.data()), "pass the masses");
    check(VecPlaceArray(to_, out.data()), "pass the result");
    const PetscErrorCode outcome = MFNSolve(function_, from_, to_);
    VecResetArray(from_);
    VecResetArray(to_);
    check(outcome, "apply an exponential");
    MFNConvergedReason reason = MFN_CONVERGED_ITERATING;
    PetscInt restarts = 0;
    check(MFNGetConvergedReason(function_, &reason), "ask for the outcome");
    check(MFNGetIterationNumber(function_, &restarts), "ask for the outcome");
    return reason < 0 || !finite(out) ? most_restarts + 1 : restarts;
  }

  [[nodiscard]] bool finite(std::span<const double> x) const {
    const bool here = std::all_of(x.begin(), x.end(), [](double v) { return std::isfinite(v); });
    return part_.processes().max(here ? 0 : 1) == 0;
  }

  PropagatorTask task_;
  Operator operator_;
  law::GridPart part_;
  petsc::Matrix matrix_;
  petsc::Vector from_, to_;
  MatrixFunction function_;
  double step_ = 0;
};

}  // namespace

std::unique_ptr<Propagator> make_krylov(const PropagatorTask& task) { return std::make_unique<Krylov>(task); }

}  // namespace fpk::solvers
