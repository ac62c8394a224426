// Linear systems -A x = y and -A^T x = y for the generator A of a stopped process, to a small *relative* error.
//
// A passage may take 1e9 where rates are 1e3: the matrix is then singular but for its twelfth digit, and plain elimination,
// which forms its pivots by subtraction, keeps four. The rates themselves determine the solution to all digits (Alfa, Xue,
// Ye 2002), so that they are what residuals are formed from, jump by jump,
//
//     backward   r_c = y_c - a_c x_c - sum over jumps k(c -> n) (x_c - x_n)
//     forward    r_c = y_c - a_c x_c - sum over faces of F,   F = k(c -> n) x_c - k(n -> c) x_n, the same number for c and n
//
// with the diagonal nowhere in them, and summed in double-double arithmetic: where there is no detailed balance large currents
// go round and round inside a well, and their rounding would pass for mass that leaves it. Elimination and a few steps of refinement with these residuals give nearly all
// digits as long as (longest passage * largest rate) stays below about 1e15. A line of cells is done without subtractions,
// and has no such bound (solvers/passage/line.hpp).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "solvers/generator.hpp"
#include "solvers/passage/line.hpp"

namespace fpk::solvers {

namespace petsc {
class ShiftedSystem;
}

class StoppedSystem {
 public:
  /// Factors the matrix. Collective. Something must be absorbed.
  StoppedSystem(std::shared_ptr<const Generator> generator, Direction direction);
  ~StoppedSystem();
  StoppedSystem(const StoppedSystem&) = delete;
  StoppedSystem& operator=(const StoppedSystem&) = delete;

  /// x with -A x = y, or with the transpose. Collective. Throws SolverError where refinement does not converge.
  [[nodiscard]] std::vector<double> solve(std::span<const double> y);
  /// The largest last correction of all solves, over the solution: what is left of the error. 0 on a line.
  [[nodiscard]] double correction() const { return correction_; }

 private:
  [[nodiscard]] std::vector<double> residual(std::span<const double> x, std::span<const double> y);
  [[nodiscard]] std::vector<double> refined(std::span<const double> y);
  std::shared_ptr<const Generator> generator_;
  Direction direction_;
  std::vector<double> absorption_;
  std::optional<LineElimination> line_;
  std::unique_ptr<petsc::ShiftedSystem> system_;
  double correction_ = 0;
};

}  // namespace fpk::solvers
