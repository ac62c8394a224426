// Linear systems (alpha I - beta A) x = y, or with A^T in place of A, for a generator A.
//
// For alpha, beta > 0 the matrix is an M-matrix with column sums alpha + beta * absorption: its inverse is non-negative.
// A solution with A is scaled so that its column sums reproduce sum(y), where that changes it by less than 1e-6: mass is then
// kept to round-off. A larger gap is a defect, and is left to show.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "parallel/archive.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers::petsc {

class ShiftedSystem {
 public:
  /// Collective; so is every call.
  explicit ShiftedSystem(const Generator& generator);
  ~ShiftedSystem();
  ShiftedSystem(const ShiftedSystem&) = delete;
  ShiftedSystem& operator=(const ShiftedSystem&) = delete;

  /// Assembles alpha I - beta A, and prepares the solver that is best for its size and stiffness.
  void set(const Generator& generator, double alpha, double beta, Direction direction = Direction::forward);
  /// The same, factored whatever its size: for matrices next to singular.
  void factor(const Generator& generator, double alpha, double beta,
              Direction direction = Direction::forward);
  /// x <- (the matrix)^{-1} y, with x on entry as first guess. Throws SolverError where the solver
  /// gives up.
  void solve(std::span<const double> y, std::span<double> x);
  [[nodiscard]] std::int64_t solves() const;
  [[nodiscard]] double restored() const;  ///< |sum(y) - what was found|, summed over all solves
  /// Counts, and which solver is in use: to be restored once set() has made the matrix. Collective.
  void archive(parallel::Archive& archive);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace fpk::solvers::petsc
