#include "solvers/gradient_flow.hpp"

#include <algorithm>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>

#include "formula/program.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

namespace odeint = boost::numeric::odeint;
using State = std::vector<double>;  ///< theta, and the length of the path behind it

constexpr double tolerance = 1e-9;  ///< of a step, absolute and relative
constexpr double at_rest = 1e-8;
constexpr int most_steps = 1'000'000;

class Flow {
 public:
  Flow(const formula::Formula& L, const std::vector<std::string>& variables, std::span<const double> start)
      : slope_(gradient(L, variables), variables),
        start_(with_length(start)),
        first_slope_(size_of_slope(start_)) {}

  /// From the start up to `end`; visit(stepper) after each step, which is over at stepper.current_time().
  template <class Visit>
  void follow(double end, const Visit& visit) const {
    auto stepper = odeint::make_dense_output(tolerance, tolerance, odeint::runge_kutta_dopri5<State>());
    const auto system = [this](const State& x, State& dxdt, double) { rate(x, dxdt); };
    stepper.initialize(start_, 0.0, first_step(end));
    for (int n = 0; n < most_steps; ++n) {
      try {
        stepper.do_step(system);
      } catch (const odeint::odeint_error& e) {
        throw SolverError(std::string("the gradient flow finds no step that is short enough: ") + e.what());
      }
      const double size = size_of_slope(stepper.current_state());
      if (!std::isfinite(size))
        throw SolverError("the gradient flow leaves all bounds: L has no minimum that way");
      visit(stepper);
      if (stepper.current_time() >= end || size <= at_rest * first_slope_) return;
    }
    throw SolverError("the gradient flow needs more than a million steps: the loss is too stiff for it");
  }
  [[nodiscard]] const State& start() const { return start_; }

 private:
  static State with_length(std::span<const double> start) {
    State x(start.begin(), start.end());
    x.push_back(0);
    return x;
  }
  static std::vector<formula::Formula> gradient(const formula::Formula& L,
                                                const std::vector<std::string>& variables) {
    std::vector<formula::Formula> slopes;
    for (const auto& v : variables) slopes.push_back(L.derivative(v));
    return slopes;
  }
  /// Along which the path is a thousandth of the size of the start: a longer one may overflow before its error is seen.
  [[nodiscard]] double first_step(double end) const {
    double square = 1;
    for (const double x : start_) square += x * x;
    return first_slope_ > 0 ? std::min(0.01 * end, 1e-3 * std::sqrt(square) / first_slope_) : 0.01 * end;
  }
  void rate(const State& x, State& dxdt) const {
    const auto g = slope_(std::span(x).first(x.size() - 1));
    double square = 0;
    for (std::size_t i = 0; i < g.size(); ++i) {
      dxdt[i] = -g[i];
      square += g[i] * g[i];
    }
    dxdt.back() = std::sqrt(square);
  }
  [[nodiscard]] double size_of_slope(const State& x) const {
    State dxdt(x.size());
    rate(x, dxdt);
    return dxdt.back();
  }

  formula::Program slope_;
  State start_;
  double first_slope_;
};

FlowPoint point(double t, const State& x) { return {t, x.back(), {x.begin(), x.end() - 1}}; }

}  // namespace

std::vector<FlowPoint> gradient_flow(const formula::Formula& L, const std::vector<std::string>& variables,
                                     std::span<const double> start, double end, std::size_t points) {
  const Flow flow(L, variables, start);
  FlowPoint last = point(0, flow.start());
  flow.follow(end, [&](auto& stepper) {
    State x(flow.start().size());
    const double t = std::min(stepper.current_time(), end);
    stepper.calc_state(t, x);
    last = point(t, x);
  });
  std::vector<FlowPoint> path{point(0, flow.start())};
  const auto wanted = [&] {
    return last.length * static_cast<double>(path.size()) / static_cast<double>(points - 1);
  };
  flow.follow(end, [&](auto& stepper) {
    State x(flow.start().size());
    while (path.size() + 1 < points && stepper.current_state().back() >= wanted()) {
      double before = stepper.previous_time(), after = stepper.current_time();
      for (int k = 0; k < 60; ++k) {  // bisection to the last bit
        const double middle = 0.5 * (before + after);
        stepper.calc_state(middle, x);
        (x.back() < wanted() ? before : after) = middle;
      }
      stepper.calc_state(after, x);
      path.push_back(point(after, x));
    }
  });
  while (path.size() < points) path.push_back(last);
  return path;
}

}  // namespace fpk::solvers
