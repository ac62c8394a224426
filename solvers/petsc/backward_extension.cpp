#include "solvers/petsc/backward_extension.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/petsc/generator_matrix.hpp"

namespace fpk::solvers::petsc {
namespace {

using ComplexVector = std::vector<std::complex<double>>;

constexpr int most_iterations = 200;
constexpr double settled = 1e-12;

/// -A^T with the rows of the core replaced by those of the identity.
class TailSystem {
 public:
  TailSystem(const Generator& generator, const std::vector<char>& core)
      : part_(generator.part()), core_(core), matrix_(make_matrix(generator)), values_(part_.size()) {
    assemble(matrix_, generator, 0, 1, Direction::backward);
    std::vector<PetscInt> rows;
    for (std::size_t c = 0; c < core.size(); ++c)
      if (core[c] != 0) rows.push_back(to_petsc(part_.first() + c));
    check(MatZeroRows(matrix_, static_cast<PetscInt>(rows.size()), rows.data(), 1, nullptr, nullptr),
          "fix the values of the core");
    check(MatCreateVecs(matrix_, x_.out(), b_.out()), "make vectors");
    check(KSPCreate(communicator(part_.processes()), solver_.out()), "make a solver");
    check(KSPSetOperators(solver_, matrix_, matrix_), "give the matrix to the solver");
    check(KSPSetType(solver_, KSPPREONLY), "choose a solver");
    PC factorisation = nullptr;
    check(KSPGetPC(solver_, &factorisation), "reach the factorisation");
    check(PCSetType(factorisation, PCLU), "choose a factorisation");
    check(PCFactorSetMatSolverType(factorisation, MATSOLVERMUMPS), "choose a factorisation");
    check(KSPSetUp(solver_), "factor the matrix");
  }

  /// One iteration; returns the largest change over the largest value in the tail.
  double iterate(std::complex<double> lambda, ComplexVector& f) {
    double change = 0, size = 0;
    const ComplexVector before = f;
    solve(before, lambda, f, false);
    if (lambda.imag() != 0 || std::any_of(f.begin(), f.end(), [](auto z) { return z.imag() != 0; }))
      solve(before, lambda, f, true);
    for (std::size_t c = 0; c < f.size(); ++c) {
      if (core_[c] != 0) continue;
      change = std::max(change, std::abs(f[c] - before[c]));
      size = std::max(size, std::abs(f[c]));
    }
    change = part_.processes().max(change);
    size = part_.processes().max(size);
    return size == 0 ? 0 : change / size;
  }

 private:
  void solve(const ComplexVector& before, std::complex<double> lambda, ComplexVector& f, bool imaginary) {
    for (std::size_t c = 0; c < values_.size(); ++c) {
      const auto right = core_[c] != 0 ? before[c] : lambda * before[c];
      values_[c] = imaginary ? right.imag() : right.real();
    }
    check(VecPlaceArray(b_, values_.data()), "pass the right-hand side");
    const PetscErrorCode outcome = KSPSolve(solver_, b_, x_);
    VecResetArray(b_);
    check(outcome, "continue an eigenfunction");
    const double* x = nullptr;
    check(VecGetArrayRead(x_, &x), "read a vector");
    for (std::size_t c = 0; c < f.size(); ++c)
      if (core_[c] == 0) f[c] = imaginary ? std::complex(f[c].real(), x[c]) : std::complex(x[c], f[c].imag());
    check(VecRestoreArrayRead(x_, &x), "read a vector");
  }

  law::GridPart part_;
  const std::vector<char>& core_;
  Matrix matrix_;
  Vector x_, b_;
  Solver solver_;
  std::vector<double> values_;
};

}  // namespace

void continue_into_tail(const Generator& generator, const std::vector<char>& core,
                        const std::vector<std::complex<double>>& eigenvalues,
                        std::vector<std::vector<std::complex<double>>*> functions) {
  const bool tail = std::find(core.begin(), core.end(), 0) != core.end();
  if (generator.part().processes().max(tail ? 1.0 : 0.0) == 0) return;
  TailSystem system(generator, core);
  const auto clear = [&](ComplexVector& f) {
    for (std::size_t c = 0; c < f.size(); ++c)
      if (core[c] == 0) f[c] = 0;
  };
  for (std::size_t k = 0; k < functions.size(); ++k) {
    ComplexVector& f = *functions[k];
    clear(f);
    double change = 1;
    for (int i = 0; i < most_iterations && change > settled && std::isfinite(change); ++i)
      change = system.iterate(eigenvalues[k], f);
    if (!(change < 1e-6)) clear(f);
  }
}

}  // namespace fpk::solvers::petsc
