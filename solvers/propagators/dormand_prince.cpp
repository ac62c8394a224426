#include "solvers/propagators/dormand_prince.hpp"

#include <algorithm>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <cmath>

#include "solvers/propagators/step_control.hpp"
#include "solvers/total_mass.hpp"

namespace fpk::solvers {
namespace {

using State = std::vector<double>;
using Stepper = boost::numeric::odeint::runge_kutta_dopri5<State>;

/// What one application may change the mass by, in relative terms: a few roundings of the rates.
constexpr double rounding_of_application = 1e-15;
constexpr int order_of_embedded = 4;

class DormandPrince : public Propagator {
 public:
  explicit DormandPrince(const PropagatorTask& task)
      : task_(task),
        control_({.tolerance = task.tolerance,
                  .duration = task.duration,
                  .order_of_error = order_of_embedded,
                  .fixed_step = task.fixed_step}),
        field_(task.generator(0)->field()),
        processes_(task.generator(0)->part().processes()),
        step_(task.fixed_step > 0 ? task.fixed_step : 0.1 / task.generator(0)->largest_outflow()) {}

  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    const std::int64_t work_before = applications_;
    State m(masses.begin(), masses.end()), next(m.size()), error(m.size()), slope(m.size()),
        next_slope(m.size());
    const auto system = [this](const State& x, State& dxdt, double t) { right_hand_side(x, dxdt, t); };
    right_hand_side(m, slope, from);
    double t = from;
    double dt = std::min(step_, to - from);
    while (t < to) {
      const bool last = t + dt >= to * (1 - 1e-14);
      if (last) dt = to - t;
      stepper_.do_step(system, m, slope, t, next, next_slope, dt, error);
      if (control_.accept(dt, l1_norm(error, processes_))) {
        t = last ? to : t + dt;
        m.swap(next);
        slope.swap(next_slope);
        if (tick) tick(t);
        if (!last) step_ = control_.suggestion();
      }
      dt = control_.suggestion();
    }
    const auto generator = task_.generator(from);
    const double before = law::total(generator->part(), masses);
    std::copy(m.begin(), m.end(), masses.begin());
    if (generator->is_closed())
      restored_ += restore_total(generator->part(), masses, before,
                                 rounding_of_application * static_cast<double>(applications_ - work_before));
  }

  [[nodiscard]] std::int64_t work() const override { return applications_; }
  void archive(parallel::Archive& archive) override {
    archive("restored", restored_);
    archive("applications", applications_);
    archive("step", step_);
    control_.archive(archive);
  }

 private:
  void right_hand_side(const State& m, State& dmdt, double t) {
    std::copy(m.begin(), m.end(), field_.data());
    task_.generator(t)->apply(field_, dmdt);
    ++applications_;
  }
  PropagatorTask task_;
  StepControl control_;
  Stepper stepper_;
  Field field_;
  parallel::Communicator processes_;
  double step_;  ///< that the error control would take next
  std::int64_t applications_ = 0;
};

}  // namespace

std::unique_ptr<Propagator> make_dormand_prince(const PropagatorTask& task) {
  return std::make_unique<DormandPrince>(task);
}

}  // namespace fpk::solvers
