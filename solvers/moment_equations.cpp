#include "solvers/moment_equations.hpp"

#include <boost/numeric/odeint.hpp>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

using State = std::vector<double>;  ///< m, then M column by column
constexpr double tolerance = 1e-13;

Eigen::Map<const Eigen::VectorXd> mean_of(const State& s, Eigen::Index d) { return {s.data(), d}; }
Eigen::Map<const Eigen::MatrixXd> second_of(const State& s, Eigen::Index d) { return {s.data() + d, d, d}; }

}  // namespace

std::optional<MomentEquations> MomentEquations::of(const model::Process& process) {
  const auto d = static_cast<Eigen::Index>(process.dimension());
  MomentEquations equations;
  equations.B_ = Eigen::MatrixXd::Zero(d, d);
  equations.c_ = Eigen::VectorXd::Zero(d);
  for (Eigen::Index i = 0; i < d; ++i) {
    const auto b = model::quadratic(process.drift[static_cast<std::size_t>(i)], process.variables);
    if (!b || !b->is_affine()) return std::nullopt;
    equations.B_.row(i) = b->slope.transpose();
    equations.c_[i] = b->value;
  }
  for (const auto& row : process.diffusion())
    for (const auto& a : row) {
      const auto entry = model::quadratic(formula::Formula(2.0) * a, process.variables);
      if (!entry) return std::nullopt;
      equations.noise_.push_back(*entry);
    }
  return equations;
}

model::SecondMoments MomentEquations::at(double t, const model::SecondMoments& start) const {
  const Eigen::Index d = c_.size();
  State state(static_cast<std::size_t>(d + d * d));
  Eigen::Map<Eigen::VectorXd>(state.data(), d) = start.mean;
  Eigen::Map<Eigen::MatrixXd>(state.data() + d, d, d) = start.second;
  const auto slope = [&](const State& s, State& change, double) {
    const model::SecondMoments now{mean_of(s, d), second_of(s, d)};
    Eigen::MatrixXd second = B_ * now.second + c_ * now.mean.transpose();
    second += second.transpose().eval();
    for (Eigen::Index i = 0; i < d; ++i)
      for (Eigen::Index j = 0; j < d; ++j)
        second(i, j) += noise_[static_cast<std::size_t>(i * d + j)].expectation(now);
    Eigen::Map<Eigen::VectorXd>(change.data(), d) = B_ * now.mean + c_;
    Eigen::Map<Eigen::MatrixXd>(change.data() + d, d, d) = second;
  };
  namespace odeint = boost::numeric::odeint;
  if (t > 0)
    odeint::integrate_adaptive(
        odeint::make_controlled<odeint::runge_kutta_fehlberg78<State>>(tolerance, tolerance), slope, state,
        0.0, t, t / 100);
  const model::SecondMoments end{mean_of(state, d), second_of(state, d)};
  if (!end.mean.allFinite() || !end.second.allFinite())
    throw SolverError("the moments of the process do not stay finite");
  return end;
}

}  // namespace fpk::solvers
