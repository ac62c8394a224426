#include "solvers/propagators/ssp_runge_kutta.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "solvers/propagators/step_control.hpp"
#include "solvers/total_mass.hpp"

namespace fpk::solvers {
namespace {

using State = std::vector<double>;

constexpr std::size_t stages = 10;
constexpr std::array<double, stages> time_of_stage = {0,      1. / 6, 1. / 3, 1. / 2, 2. / 3,
                                                      1. / 3, 1. / 2, 2. / 3, 5. / 6, 1};
/// Weights of the stages' slopes in the step less those in its embedded companion.
constexpr std::array<double, stages> error_weight = {-0.1, 0.1, 0.1, -0.2, 0.1, 0.1, -0.1, 0.1, -0.2, 0.1};
/// Part of the step of forward Euler that is taken: below one, so that the rounding of the rates' sums stays covered.
constexpr double within_bound = 0.99;
/// Room for rates that grow in the course of a step.
constexpr double within_bound_in_time = 0.9;
constexpr double least_mass = 1e-290;
constexpr double rounding_of_application = 1e-15;

class SspRungeKutta : public Propagator {
 public:
  explicit SspRungeKutta(const PropagatorTask& task)
      : task_(task),
        control_({.tolerance = task.tolerance,
                  .duration = task.duration,
                  .order_of_error = 3,
                  .fixed_step = task.fixed_step}),
        field_(task.generator(0)->field()),
        part_(task.generator(0)->part()),
        slope_(part_.size()),
        error_(part_.size()),
        step_(task.fixed_step > 0 ? task.fixed_step : 1 / task.generator(0)->largest_outflow()) {}

  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    const std::int64_t work_before = applications_;
    const double before = law::total(part_, masses);
    State m(masses.begin(), masses.end()), next;
    double t = from, dt = step_;
    while (t < to) {
      dt = std::min(dt, longest_step(t));
      const bool last = t + dt >= to * (1 - 1e-14);
      const double h = last ? to - t : dt;
      if (!step(m, t, h, next)) {  // rates have grown too much
        dt = h / 2;
        continue;
      }
      if (control_.accept(h, l1_norm(error_, part_.processes()))) {
        t = last ? to : t + h;
        m.swap(next);
        if (tick) tick(t);
        if (!last) step_ = control_.suggestion();
      }
      dt = control_.suggestion();
    }
    std::copy(m.begin(), m.end(), masses.begin());
    if (task_.generator(from)->is_closed())
      restored_ += restore_total(part_, masses, before,
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
  [[nodiscard]] double longest_step(double t) const {
    const double room = task_.depends_on_time ? within_bound_in_time : within_bound;
    return 6 * room / task_.generator(t)->largest_outflow();
  }

  /// One step of length h from m at t; false where a stage could not be held non-negative.
  bool step(const State& m, double t, double h, State& next) {
    std::fill(error_.begin(), error_.end(), 0.0);
    State y = m;
    for (std::size_t s = 0; s < 5; ++s)
      if (!euler(y, t, h, s)) return false;
    next.resize(m.size());
    State z(m.size());
    for (std::size_t c = 0; c < m.size(); ++c) {
      next[c] = m[c] / 25 + 9 * y[c] / 25;
      z[c] = (3 * m[c] + 2 * y[c]) / 5;
    }
    for (std::size_t s = 5; s < stages; ++s)
      if (!euler(z, t, h, s)) return false;
    for (std::size_t c = 0; c < m.size(); ++c) {
      next[c] += 3 * z[c] / 5;
      if (next[c] < least_mass) next[c] = 0;  // before masses become subnormal, which processors are slow at
    }
    return true;
  }

  bool euler(State& y, double t, double h, std::size_t stage) {
    const auto generator = task_.generator(t + h * time_of_stage[stage]);
    if (h / 6 * generator->largest_outflow() > 1) return false;
    std::copy(y.begin(), y.end(), field_.data());
    generator->apply(field_, slope_);
    ++applications_;
    for (std::size_t c = 0; c < y.size(); ++c) {
      y[c] += h / 6 * slope_[c];
      error_[c] += h * error_weight[stage] * slope_[c];
    }
    return true;
  }

  PropagatorTask task_;
  StepControl control_;
  Field field_;
  law::GridPart part_;
  State slope_, error_;
  double step_;  ///< that the error control would take next
  std::int64_t applications_ = 0;
};

}  // namespace

std::unique_ptr<Propagator> make_ssp_runge_kutta(const PropagatorTask& task) {
  return std::make_unique<SspRungeKutta>(task);
}

}  // namespace fpk::solvers
