#include "solvers/petsc/eigensolver.hpp"

#include <fmt/format.h>
#include <slepceps.h>

#include <algorithm>
#include <cmath>

#include "solvers/petsc/balanced_matrix.hpp"

namespace fpk::solvers::petsc {
namespace {

using Eps = Handle<EPS, EPSDestroy>;
using Preconditioner = Handle<PC, PCDestroy>;

/// Of the residual in the inverted problem, over its eigenvalue.
constexpr double tolerance = 1e-14;
constexpr PetscInt most_restarts = 500;

/// A start that no symmetry of the problem makes orthogonal to an eigenvector, the same on any number of processes:
/// the fractional parts of the multiples of the golden ratio.
void fill_start(const law::GridPart& part, Vec start) {
  double* values = nullptr;
  check(VecGetArray(start, &values), "reach a vector");
  for (std::size_t c = 0; c < part.size(); ++c) {
    const double turn = 0.6180339887498949 * static_cast<double>(part.first() + c + 1);
    values[c] = 0.5 + turn - std::floor(turn);
  }
  check(VecRestoreArray(start, &values), "reach a vector");
}

std::vector<double> own_values(Vec v, std::size_t n) {
  const double* values = nullptr;
  check(VecGetArrayRead(v, &values), "read a vector");
  std::vector<double> own(values, values + n);
  check(VecRestoreArrayRead(v, &values), "read a vector");
  return own;
}

double dot(Vec a, Vec b) {
  double value = 0;
  check(VecDot(a, b, &value), "multiply vectors");
  return value;
}

/// real + i imaginary, or its conjugate: whichever belongs to `value` and not to its conjugate. The imaginary part of
/// the Rayleigh quotient z^* M z tells, M being the matrix or its transpose.
ComplexVector eigenvector(Mat matrix, bool transposed, std::complex<double> value, Vec real, Vec imaginary,
                          std::size_t n) {
  Vector image;
  check(VecDuplicate(real, image.out()), "make vectors");
  const auto apply = transposed ? MatMultTranspose : MatMult;
  check(apply(matrix, imaginary, image), "multiply by the matrix");
  double turn = dot(real, image);
  check(apply(matrix, real, image), "multiply by the matrix");
  turn -= dot(imaginary, image);
  const double sign = turn * value.imag() < 0 ? -1 : 1;
  const auto re = own_values(real, n), im = own_values(imaginary, n);
  ComplexVector z(n);
  for (std::size_t c = 0; c < n; ++c) z[c] = {re[c], sign * im[c]};
  return z;
}

class ShiftInvert {
 public:
  ShiftInvert(const Generator& generator, Matrix matrix, bool symmetric)
      : part_(generator.part()), matrix_(std::move(matrix)), symmetric_(symmetric) {
    check(EPSCreate(communicator(part_.processes()), eps_.out()), "make an eigensolver");
    check(EPSSetOperators(eps_, matrix_, nullptr), "give the matrix to the eigensolver");
    check(EPSSetProblemType(eps_, symmetric ? EPS_HEP : EPS_NHEP), "state the eigenproblem");
    check(EPSSetType(eps_, EPSKRYLOVSCHUR), "choose the eigensolver");
    if (!symmetric) check(EPSSetTwoSided(eps_, PETSC_TRUE), "ask for left eigenvectors");
  }

  void deflate(const std::vector<std::vector<double>>& known) {
    std::vector<Vector> vectors(known.size());
    std::vector<Vec> raw;
    for (std::size_t k = 0; k < known.size(); ++k) {
      check(MatCreateVecs(matrix_, vectors[k].out(), nullptr), "make vectors");
      double* values = nullptr;
      check(VecGetArray(vectors[k], &values), "reach a vector");
      std::copy(known[k].begin(), known[k].end(), values);
      check(VecRestoreArray(vectors[k], &values), "reach a vector");
      raw.push_back(vectors[k]);
    }
    if (!raw.empty())
      check(EPSSetDeflationSpace(eps_, static_cast<PetscInt>(raw.size()), raw.data()),
            "deflate what is known");
  }

  std::vector<Eigenpair> solve(std::size_t count, double tau) {
    choose(count, tau);
    const PetscErrorCode outcome = EPSSolve(eps_);
    EPSConvergedReason reason = EPS_CONVERGED_ITERATING;
    EPSGetConvergedReason(eps_, &reason);
    PetscInt found = 0, restarts = 0;
    EPSGetConverged(eps_, &found);
    EPSGetIterationNumber(eps_, &restarts);
    check(outcome, "solve an eigenproblem (its factorisation may not fit in memory: try fewer cells)");
    if (reason < 0 || found < static_cast<PetscInt>(count))
      throw SolverError(fmt::format(
          "the eigensolver found {} of {} modes in {} restarts (SLEPc: {}); try fewer modes, fewer cells, "
          "or PETSC_OPTIONS=-eps_monitor to watch it",
          found, count, restarts, EPSConvergedReasons[reason]));
    return pairs(found);
  }

 private:
  void choose(std::size_t count, double tau) {
    check(EPSSetDimensions(eps_, to_petsc(count), PETSC_DEFAULT, PETSC_DEFAULT), "set the number of modes");
    check(EPSSetTarget(eps_, -tau), "set the target");
    check(EPSSetWhichEigenpairs(eps_, EPS_TARGET_MAGNITUDE), "choose the eigenvalues");
    check(EPSSetTolerances(eps_, tolerance, most_restarts), "set tolerances");
    ST transformation = nullptr;
    KSP solver = nullptr;
    PC factorisation = nullptr;
    check(EPSGetST(eps_, &transformation), "reach the spectral transformation");
    check(STSetType(transformation, STSINVERT), "invert the matrix");
    check(STGetKSP(transformation, &solver), "reach the linear solver");
    check(KSPSetType(solver, KSPPREONLY), "choose a solver");
    check(KSPGetPC(solver, &factorisation), "reach the factorisation");
    check(PCSetType(factorisation, symmetric_ ? PCCHOLESKY : PCLU), "choose a factorisation");
    check(PCFactorSetMatSolverType(factorisation, MATSOLVERMUMPS), "choose a factorisation");
    check(MatCreateVecs(matrix_, start_.out(), nullptr), "make vectors");
    fill_start(part_, start_);
    Vec first = start_;
    check(EPSSetInitialSpace(eps_, 1, &first), "set a start");
    check(EPSSetFromOptions(eps_), "read PETSC_OPTIONS");
  }

  std::vector<Eigenpair> pairs(PetscInt found) {
    Vector real, imaginary;
    check(MatCreateVecs(matrix_, real.out(), imaginary.out()), "make vectors");
    std::vector<Eigenpair> all;
    for (PetscInt i = 0; i < found; ++i) {
      Eigenpair pair;
      double re = 0, im = 0;
      check(EPSGetEigenpair(eps_, i, &re, &im, real, imaginary), "read an eigenpair");
      pair.value = {re, im};
      pair.right = eigenvector(matrix_, false, pair.value, real, imaginary, part_.size());
      if (!symmetric_) {
        check(EPSGetLeftEigenvector(eps_, i, real, imaginary), "read a left eigenvector");
        pair.left = eigenvector(matrix_, true, pair.value, real, imaginary, part_.size());
      }
      all.push_back(std::move(pair));
    }
    return all;
  }

  law::GridPart part_;
  Matrix matrix_;
  bool symmetric_;
  Eps eps_;
  Vector start_;
};

}  // namespace

std::vector<Eigenpair> symmetric_eigenpairs(const Generator& generator, std::size_t count, double tau,
                                            const std::vector<std::vector<double>>& deflated) {
  ShiftInvert solver(generator, symmetric_matrix(generator, 0), true);
  solver.deflate(deflated);
  auto pairs = solver.solve(count, tau);
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const auto& a, const auto& b) { return a.value.real() < b.value.real(); });
  return pairs;
}

std::vector<Eigenpair> general_eigenpairs(const Generator& generator, std::size_t count, double tau,
                                          std::span<const double> log_scale) {
  return ShiftInvert(generator, balanced_matrix(generator, log_scale, 0), false).solve(count, tau);
}

std::size_t eigenvalues_below(const Generator& generator, double bound) {
  const Matrix shifted = symmetric_matrix(generator, -bound);
  Preconditioner pivots;
  check(PCCreate(communicator(generator.part().processes()), pivots.out()), "make a factorisation");
  check(PCSetOperators(pivots, shifted, shifted), "give the matrix to the factorisation");
  check(PCSetType(pivots, PCCHOLESKY), "choose a factorisation");
  check(PCFactorSetMatSolverType(pivots, MATSOLVERMUMPS), "choose a factorisation");
  check(PCFactorSetUpMatSolverType(pivots), "set up the factorisation");
  Mat factor = nullptr;
  check(PCFactorGetMatrix(pivots, &factor), "reach the factor");
  check(MatMumpsSetIcntl(factor, 13, 1), "have MUMPS keep its last front whole, where it counts pivots");
  check(PCSetUp(pivots), "factor the matrix");
  check(PCFactorGetMatrix(pivots, &factor), "reach the factor");
  PetscInt negative = 0;
  check(MatGetInertia(factor, &negative, nullptr, nullptr), "count the pivots");
  return static_cast<std::size_t>(negative);
}

}  // namespace fpk::solvers::petsc
