// The length of the next step from the error estimates of the last two.
//
//     r_n = (estimated L1 error of step n) / (allowed),   allowed = tolerance h / duration,   r ~ h^k
//     h_{n+1} = safety h_n r_n^(-1/k) min(1, (h_n / h_{n-1}) (r_{n-1} / r_n)^(1/k))
//
// A Markov semigroup contracts in L1, so the errors of the steps add up at most: the error at the end is below the
// tolerance if each step stays below its share. The second factor foresees that an error which has been growing goes on
// to grow: the predictive control of Gustafsson 1994 (ACM Trans. Math. Softw. 20, 496), as in Hairer, Wanner 1996, IV.8.
#pragma once

#include <span>

#include "parallel/archive.hpp"
#include "parallel/communicator.hpp"

namespace fpk::solvers {

/// The norm of the estimates: sum |x_c|, over all processes. Collective.
double l1_norm(std::span<const double> x, const parallel::Communicator& processes);

class StepControl {
 public:
  struct Rules {
    double tolerance = 1e-8, duration = 1;
    int order_of_error = 2;   ///< k: of the estimate divided by h, in h
    double rounding = 4e-16;  ///< what an estimate is rounded by: no step can be asked for more
    double most_growth = 5;   ///< of one step over the last
    double fixed_step = 0;    ///< above zero: every step stands, and this is suggested
  };
  explicit StepControl(const Rules& rules) : rules_(rules) {}

  /// L1 error that a step of length h may have.
  [[nodiscard]] double allowed(double h) const;
  /// Whether a step of length h with this error estimate stands. Throws SolverError where it is not finite.
  bool accept(double h, double error);
  /// The length that the step just judged suggests for the next, or for the next try.
  [[nodiscard]] double suggestion() const { return suggestion_; }

  void archive(parallel::Archive& archive) {
    archive("suggestion", suggestion_);
    archive("last_ratio", last_ratio_);
    archive("last_step", last_step_);
    archive("just_rejected", just_rejected_);
  }

 private:
  Rules rules_;
  double suggestion_ = 0;
  double last_ratio_ = 0, last_step_ = 0;  ///< r_{n-1}, h_{n-1}; zero before the first step
  bool just_rejected_ = false;
};

}  // namespace fpk::solvers
