// The largest eigenvalues of a symmetric operator that is known by what it does to a vector: Lanczos' method with thick restarts, which
// is SLEPc's Krylov-Schur method on a symmetric problem (Lanczos 1950; Wu, Simon 2000; Stewart 2001).
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace fpk::solvers::petsc {

/// y = H x, both of the operator's size.
using SymmetricOperator = std::function<void(std::span<const double> x, std::span<double> y)>;

struct RealEigenpair {
  double value = 0;
  std::vector<double> vector;  ///< of unit norm; its component of the largest modulus is positive
  double residual = 0;         ///< |H x - value x|
};

/// The `count` algebraically largest, in descending order, each with a residual below `tolerance` times its modulus. On this process
/// alone: every process that calls gets the same. Throws SolverError where the method does not converge, and what `apply` throws.
std::vector<RealEigenpair> leading_eigenpairs(std::size_t size, const SymmetricOperator& apply,
                                              std::size_t count, double tolerance);

}  // namespace fpk::solvers::petsc
