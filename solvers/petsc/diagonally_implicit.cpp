#include "solvers/petsc/diagonally_implicit.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/petsc/shifted_system.hpp"
#include "solvers/propagators/step_control.hpp"
#include "solvers/total_mass.hpp"

namespace fpk::solvers {
namespace {

/// What one solve may change the mass by, in relative terms: the rounding of its sums.
constexpr double rounding_of_solve = 1e-14;
/// What the linear solver leaves in an error estimate: no step can be asked for more.
constexpr double rounding_of_step = 1e-12;
/// A longer step costs a new matrix, so it is taken only where it is longer by this much.
constexpr double worthwhile = 1.6;
/// Steps whose lengths differ by less share a matrix.
constexpr double same_length = 1e-12;
/// A step may be this much longer than was suggested, if that saves one.
constexpr double stretch = 1.05;

/// Of a sharpened estimate: the error constant of the table's last stage over that of 2 h g A E is below one for small
/// h A, and the tests hold the error against the exact exponential where h A is not small.
constexpr double sharpness = 2;

using State = std::vector<double>;

/// Of the estimate divided by h: the embedded scheme's or the last stage's, whichever is lower, and one more of a
/// sharpened one.
int order_of_error(const ButcherTable& scheme, bool depends_on_time) {
  const bool sharpened = scheme.estimate == Estimate::sharpened && !depends_on_time;
  return std::min(scheme.order, scheme.order_of_embedded) + (sharpened ? 1 : 0);
}

class DiagonallyImplicit : public Propagator {
 public:
  DiagonallyImplicit(const ButcherTable& scheme, const PropagatorTask& task)
      : scheme_(scheme),
        task_(task),
        control_({.tolerance = task.tolerance,
                  .duration = task.duration,
                  .order_of_error = order_of_error(scheme, task.depends_on_time),
                  .rounding = rounding_of_step,
                  .fixed_step = task.fixed_step}),
        system_(*task.generator(0)),
        field_(task.generator(0)->field()),
        part_(task.generator(0)->part()),
        slopes_(scheme.stages(), State(part_.size())),
        right_(part_.size()) {}

  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    const std::int64_t solves_before = system_.solves();
    const double restored_before = system_.restored();
    State y(masses.begin(), masses.end()), next(y.size());
    const auto generator = task_.generator(from);
    std::copy(y.begin(), y.end(), field_.data());
    generator->apply(field_, slopes_.front());
    if (step_ == 0) step_ = task_.fixed_step > 0 ? task_.fixed_step : 1 / generator->largest_outflow();
    double t = from;
    while (t < to) {
      const double steps = std::max(1.0, std::ceil((to - t) / (stretch * step_)));
      double h = (to - t) / steps;
      if (std::abs(h - matrix_step_) < same_length * h) h = matrix_step_;
      const double error = step(y, t, h, next);
      if (!control_.accept(h, error)) {
        step_ = control_.suggestion();
        continue;
      }
      t = steps == 1 ? to : t + h;
      y.swap(next);
      slopes_.front().swap(slopes_.back());  // the last stage is the first of the next step
      if (tick) tick(t);
      const double suggestion = control_.suggestion();
      if (suggestion > worthwhile * step_ || suggestion < h) step_ = suggestion;
    }
    const double before = law::total(part_, masses);
    std::copy(y.begin(), y.end(), masses.begin());
    if (!generator->is_closed()) return;
    if (before > 0) restored_ += (system_.restored() - restored_before) / before;
    restored_ += restore_total(part_, masses, before,
                               rounding_of_solve * static_cast<double>(system_.solves() - solves_before));
  }

  [[nodiscard]] std::int64_t work() const override { return system_.solves(); }

  /// The matrix is not saved but made anew, for the step and the time that it had.
  void archive(parallel::Archive& archive) override {
    archive("restored", restored_);
    archive("step", step_);
    control_.archive(archive);
    double h = matrix_step_, t = matrix_time_;
    archive("matrix_step", h);
    archive("matrix_time", t);
    if (archive.is_restoring() && h > 0) use_matrix(t, h);
    system_.archive(archive);
  }

 private:
  /// One step from y at t, slopes_[0] known; returns the L1 norm of the error estimate.
  double step(const State& y, double t, double h, State& stage) {
    const std::size_t s = scheme_.stages(), n = y.size();
    const double g = scheme_.diagonal();
    stage = y;  // each stage is the first guess of the next
    for (std::size_t i = 1; i < s; ++i) {
      right_ = y;
      for (std::size_t j = 0; j < i; ++j) add(h * scheme_.a[i][j], slopes_[j], right_);
      use_matrix(t + scheme_.time(i) * h, h);
      system_.solve(right_, stage);
      for (std::size_t c = 0; c < n; ++c) slopes_[i][c] = (stage[c] - right_[c]) / (h * g);
    }
    std::fill(right_.begin(), right_.end(), 0.0);
    for (std::size_t j = 0; j < s; ++j)
      add(h * (scheme_.embedded[j] - scheme_.a.back()[j]), slopes_[j], right_);
    return estimate(right_);
  }

  /// The L1 norm of what the table makes of the embedded estimate.
  double estimate(const State& embedded) {
    const bool sharpened = scheme_.estimate == Estimate::sharpened;
    if (sharpened && task_.depends_on_time) return l1_norm(embedded, part_.processes());
    State smoothed = embedded;
    system_.solve(embedded, smoothed);
    if (!sharpened) return l1_norm(smoothed, part_.processes());
    add(-1, embedded, smoothed);
    return sharpness * l1_norm(smoothed, part_.processes());
  }

  static void add(double weight, const State& x, State& sum) {
    if (weight == 0) return;
    for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += weight * x[c];
  }

  void use_matrix(double t, double h) {
    if (matrix_step_ == h && (!task_.depends_on_time || matrix_time_ == t)) return;
    system_.set(*task_.generator(t), 1, h * scheme_.diagonal());
    matrix_step_ = h;
    matrix_time_ = t;
  }

  const ButcherTable& scheme_;
  PropagatorTask task_;
  StepControl control_;
  petsc::ShiftedSystem system_;
  Field field_;
  law::GridPart part_;
  std::vector<State> slopes_;  ///< k_i
  State right_;
  double step_ = 0, matrix_step_ = 0, matrix_time_ = 0;
};

}  // namespace

std::unique_ptr<Propagator> make_diagonally_implicit(const ButcherTable& scheme, const PropagatorTask& task) {
  return std::make_unique<DiagonallyImplicit>(scheme, task);
}

}  // namespace fpk::solvers
