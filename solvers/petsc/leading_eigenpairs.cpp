#include "solvers/petsc/leading_eigenpairs.hpp"

#include <fmt/format.h>
#include <slepceps.h>

#include <cmath>
#include <exception>

#include "solvers/petsc/handle.hpp"

namespace fpk::solvers::petsc {
namespace {

using Eps = Handle<EPS, EPSDestroy>;

constexpr PetscInt most_restarts = 500;

/// What PETSC calls back. An exception may not cross its C code, so it is kept.
struct Operator {
  const SymmetricOperator& apply;
  std::size_t size;
  std::exception_ptr thrown = nullptr;
};

PetscErrorCode multiply(Mat matrix, Vec x, Vec y) {
  void* context = nullptr;
  PetscErrorCode code = MatShellGetContext(matrix, static_cast<void*>(&context));
  if (code != 0) return code;
  auto& own = *static_cast<Operator*>(context);
  const double* from = nullptr;
  double* to = nullptr;
  if ((code = VecGetArrayRead(x, &from)) != 0 || (code = VecGetArrayWrite(y, &to)) != 0) return code;
  try {
    own.apply({from, own.size}, {to, own.size});
  } catch (...) {
    own.thrown = std::current_exception();
    code = PETSC_ERR_USER;
  }
  VecRestoreArrayRead(x, &from);
  VecRestoreArrayWrite(y, &to);
  return code;
}

/// The fractional parts of the multiples of the golden ratio, about 0: orthogonal to no eigenvector but by accident.
void fill_start(Vec start, std::size_t size) {
  double* values = nullptr;
  check(VecGetArrayWrite(start, &values), "reach a vector");
  for (std::size_t i = 0; i < size; ++i) {
    const double turn = 0.6180339887498949 * static_cast<double>(i + 1);
    values[i] = turn - std::floor(turn) - 0.5;
  }
  check(VecRestoreArrayWrite(start, &values), "reach a vector");
}

std::vector<double> signed_values(Vec v, std::size_t size) {
  const double* values = nullptr;
  check(VecGetArrayRead(v, &values), "read a vector");
  std::vector<double> own(values, values + size);
  check(VecRestoreArrayRead(v, &values), "read a vector");
  double greatest = 0;
  for (const double x : own)
    if (std::abs(x) > std::abs(greatest)) greatest = x;
  if (greatest < 0)
    for (double& x : own) x = -x;
  return own;
}

}  // namespace

std::vector<RealEigenpair> leading_eigenpairs(std::size_t size, const SymmetricOperator& apply,
                                              std::size_t count, double tolerance) {
  start();
  Operator own{apply, size};
  const PetscInt n = to_petsc(size);
  Matrix matrix;
  check(MatCreateShell(MPI_COMM_SELF, n, n, n, n, &own, matrix.out()), "make an operator");
  check(MatShellSetOperation(matrix, MATOP_MULT, reinterpret_cast<void (*)()>(multiply)), "make an operator");
  Vector first;
  check(MatCreateVecs(matrix, first.out(), nullptr), "make vectors");
  fill_start(first, size);

  Eps eps;
  check(EPSCreate(MPI_COMM_SELF, eps.out()), "make an eigensolver");
  check(EPSSetOperators(eps, matrix, nullptr), "give the operator to the eigensolver");
  check(EPSSetProblemType(eps, EPS_HEP), "state the eigenproblem");
  check(EPSSetType(eps, EPSKRYLOVSCHUR), "choose the eigensolver");
  check(EPSSetWhichEigenpairs(eps, EPS_LARGEST_REAL), "choose the eigenvalues");
  check(EPSSetDimensions(eps, to_petsc(count), PETSC_DEFAULT, PETSC_DEFAULT), "set the number of modes");
  check(EPSSetTolerances(eps, tolerance, most_restarts), "set tolerances");
  Vec raw = first;
  check(EPSSetInitialSpace(eps, 1, &raw), "set a start");
  check(EPSSetFromOptions(eps), "read PETSC_OPTIONS");
  const PetscErrorCode outcome = EPSSolve(eps);
  if (own.thrown) std::rethrow_exception(own.thrown);
  check(outcome, "solve an eigenproblem");
  PetscInt found = 0;
  EPSGetConverged(eps, &found);
  if (found < to_petsc(count))
    throw SolverError(
        fmt::format("Lanczos' method found {} of {} leading eigenvalues in {} restarts; ask for fewer", found,
                    count, most_restarts));
  std::vector<RealEigenpair> pairs;
  Vector x;
  check(MatCreateVecs(matrix, x.out(), nullptr), "make vectors");
  for (PetscInt i = 0; i < to_petsc(count); ++i) {
    RealEigenpair pair;
    check(EPSGetEigenpair(eps, i, &pair.value, nullptr, x, nullptr), "read an eigenpair");
    check(EPSComputeError(eps, i, EPS_ERROR_ABSOLUTE, &pair.residual), "measure a residual");
    pair.vector = signed_values(x, size);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

}  // namespace fpk::solvers::petsc
