#include "solvers/propagators/step_control.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

constexpr double safety = 0.9, shrink = 0.2;
/// An estimate of zero says nothing about how far the next may reach.
constexpr double least_ratio = 1e-10;

}  // namespace

double l1_norm(std::span<const double> x, const parallel::Communicator& processes) {
  double sum = 0;
  for (const double v : x) sum += std::abs(v);
  return processes.sum(sum);
}

double StepControl::allowed(double h) const {
  return std::max(rules_.tolerance * h / rules_.duration, rules_.rounding);
}

bool StepControl::accept(double h, double error) {
  if (!std::isfinite(error))
    throw SolverError("a step met numbers that are not finite; try another density.propagator");
  if (rules_.fixed_step > 0) {
    suggestion_ = rules_.fixed_step;
    return true;
  }
  const double k = rules_.order_of_error, ratio = std::max(error / allowed(h), least_ratio);
  const bool stands = ratio <= 1;
  if (stands) {
    double factor = safety * std::pow(ratio, -1 / k);
    if (last_step_ > 0) factor *= std::min(1.0, h / last_step_ * std::pow(last_ratio_ / ratio, 1 / k));
    suggestion_ = h * std::clamp(factor, shrink, just_rejected_ ? 1.0 : rules_.most_growth);
    last_ratio_ = ratio;
    last_step_ = h;
  } else {
    suggestion_ = h * std::clamp(safety * std::pow(ratio, -1 / k), shrink, safety);
    if (!(suggestion_ > 0)) throw SolverError("the step has shrunk to nothing; loosen density.tolerance");
  }
  just_rejected_ = !stands;
  return stands;
}

}  // namespace fpk::solvers
