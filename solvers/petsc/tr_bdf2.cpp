#include "solvers/petsc/tr_bdf2.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "solvers/petsc/shifted_system.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/total_mass.hpp"

namespace fpk::solvers {
namespace {

constexpr double gamma_ = 2 - std::numbers::sqrt2, d = gamma_ / 2, w = std::numbers::sqrt2 / 4;
/// What one solve may change the mass by, in relative terms: the rounding of its sums.
constexpr double rounding_of_solve = 1e-14;
/// What the linear solver leaves in an error estimate: no step can be asked for more.
constexpr double rounding_of_step = 1e-12;
constexpr double safety = 0.85, shrink = 0.2;
/// A longer step costs a new matrix, so it is taken only where it is longer by this much.
constexpr double worthwhile = 1.6;
/// Cells up to which a factorisation, kept while the step stays, beats an iteration.
constexpr std::size_t most_cells_factored = 100'000;

using State = std::vector<double>;

class TrBdf2 : public Propagator {
 public:
  explicit TrBdf2(const PropagatorTask& task)
      : task_(task),
        system_(*task.generator(0)),
        field_(task.generator(0)->field()),
        part_(task.generator(0)->part()) {}

  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    const std::int64_t solves_before = system_.solves();
    State y(masses.begin(), masses.end());
    double t = from;
    if (step_ == 0) step_ = 1 / task_.generator(from)->largest_outflow();
    while (t < to) {
      const bool last = t + step_ >= to * (1 - 1e-14);
      const double h = last ? to - t : step_;
      State next = y;
      const double error = step(y, t, h, next);
      const double allowed = std::max(task_.tolerance * h / task_.duration, rounding_of_step);
      const double factor = error == 0 ? 4 : safety * std::cbrt(allowed / error);
      if (error <= allowed) {
        t = last ? to : t + h;
        y.swap(next);
        if (tick) tick(t);
        if (factor > worthwhile && !last) step_ = h * std::min(factor, 4.0);
      } else {
        step_ = h * std::clamp(factor, shrink, 0.8);
        if (t + step_ == t)
          throw SolverError("the implicit propagator's step has shrunk to nothing; loosen density.tolerance");
      }
    }
    const double before = law::total(part_, masses);
    std::copy(y.begin(), y.end(), masses.begin());
    if (task_.generator(from)->is_closed())
      restore_total(part_, masses, before,
                    rounding_of_solve * static_cast<double>(system_.solves() - solves_before));
  }

  [[nodiscard]] std::int64_t work() const override { return system_.solves(); }

 private:
  /// One step from y at t; returns the L1 norm of the error estimate.
  double step(const State& y, double t, double h, State& y3) {
    const std::size_t n = y.size();
    State k1(n), right(n), y2 = y, k2(n), error(n, 0.0);
    std::copy(y.begin(), y.end(), field_.data());
    task_.generator(t)->apply(field_, k1);
    use_matrix(t + gamma_ * h, h);
    for (std::size_t c = 0; c < n; ++c) right[c] = y[c] + h * d * k1[c];
    system_.solve(right, y2);
    for (std::size_t c = 0; c < n; ++c) k2[c] = (y2[c] - right[c]) / (h * d);
    for (std::size_t c = 0; c < n; ++c) right[c] = y[c] + h * w * (k1[c] + k2[c]);
    use_matrix(t + h, h);
    y3 = y2;
    system_.solve(right, y3);
    for (std::size_t c = 0; c < n; ++c) {
      const double k3 = (y3[c] - right[c]) / (h * d);
      right[c] = h * ((1 - 4 * w) / 3 * k1[c] + k2[c] / 3 - 2 * d / 3 * k3);
    }
    system_.solve(right, error);
    double sum = 0;
    for (const double e : error) sum += std::abs(e);
    sum = part_.processes().sum(sum);
    if (!std::isfinite(sum)) throw SolverError("the implicit propagator met numbers that are not finite");
    return sum;
  }

  void use_matrix(double t, double h) {
    if (matrix_step_ == h && (!task_.depends_on_time || matrix_time_ == t)) return;
    const bool direct = part_.grid().dimension() == 1 || part_.grid().size() <= most_cells_factored;
    system_.set(*task_.generator(t), 1, h * d, direct);
    matrix_step_ = h;
    matrix_time_ = t;
  }

  PropagatorTask task_;
  petsc::ShiftedSystem system_;
  Field field_;
  law::GridPart part_;
  double step_ = 0, matrix_step_ = 0, matrix_time_ = 0;
};

}  // namespace

std::unique_ptr<Propagator> make_tr_bdf2(const PropagatorTask& task) {
  return std::make_unique<TrBdf2>(task);
}

}  // namespace fpk::solvers
