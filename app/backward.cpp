#include "app/backward.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

#include "app/begin_record.hpp"
#include "app/density_road.hpp"
#include "app/passage_pictures.hpp"
#include "io/refusal.hpp"
#include "solvers/backward_expectation.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

double dot(const law::GridPart& part, const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> terms(a.size());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = a[c] == 0 ? 0 : a[c] * b[c];
  return law::total(part, terms);
}

void check(const io::Case& problem) {
  if (problem.observables.empty())
    io::refuse(problem, "observables", "there is no observable to expect", "add one to [observables]");
  if (!problem.density.enabled)
    io::refuse(problem, "density.enabled", "backward expectations stand on the density road",
               "let density.enabled be true");
}

/// The least and the greatest value over all processes.
std::pair<double, double> range(const law::GridPart& part, const std::vector<double>& u) {
  double least = std::numeric_limits<double>::infinity(), greatest = -least;
  for (const double v : u) least = std::min(least, v), greatest = std::max(greatest, v);
  return {part.processes().min(least), part.processes().max(greatest)};
}

class Backward {
 public:
  Backward(const io::Case& problem, const law::GridPart& part)
      : problem_(problem),
        road_(problem, part),
        start_(road_.law().masses()),
        generator_(solvers::generator_in_time(problem.process, problem.domain, part, problem.density.flux)),
        exact_(road_.propagator().order == 0) {
    exact_ = exact_ && !generator_(0)->is_limited();
    // Coefficients that depend on time take a run backwards for each time: the last one alone.
    times_ = problem.process.depends_on_time() ? std::vector<double>{problem.times.back()} : problem.times;
  }

  io::BackwardRecord run() {
    forward();
    if (generator_(0)->is_limited()) forward_without_limits();
    for (const auto& o : problem_.observables) observable(o);
    record_.times = times_;
    for (const auto& axis : part().grid().axes()) record_.cells.push_back(axis.cells());
    record_.pictures = passage_pictures(part(), pictured_);
    return std::move(record_);
  }

  [[nodiscard]] std::vector<io::CellField> fields() const {
    std::vector<io::CellField> fields;
    for (const auto& f : pictured_) fields.push_back({f.name, 1, f.values});
    return fields;
  }

  /// Of what a reader must know beside the numbers; empty where there is nothing.
  [[nodiscard]] const std::string& note() const { return note_; }

  /// The two ways of the expectation, over the size of the observable.
  [[nodiscard]] verification::Claim duality() const {
    verification::Claim claim{"forward-backward-duality",
                              "The backward expectation at the initial law is the forward one.",
                              verification::Evidence::exact,
                              worst_,
                              exact_ ? 1e-10 : 4 * problem_.density.tolerance,
                              {}};
    claim.reason =
        exact_ ? "both ways are exact in time: the rounding of their sums, of order 1e-12, with room"
               : "each way is within density.tolerance, 4 times that with room; relative to the largest |f|";
    return claim;
  }

 private:
  [[nodiscard]] const law::GridPart& part() const { return road_.part(); }

  void forward() {
    for (const double t : times_) {
      road_.advance(t);
      const auto estimates = road_.law().expectations(problem_.observables);
      for (std::size_t k = 0; k < estimates.size(); ++k) {
        if (record_.observables.size() <= k)
          record_.observables.push_back({problem_.observables[k].name, {}, {}, 0, 0, 0});
        record_.observables[k].forward.push_back(estimates[k].value);
      }
    }
  }

  /// Limited fluxes have no transpose. Dual to what is computed here is the forward equation of their linear form.
  void forward_without_limits() {
    const auto linear = [this](double t) {
      const auto generator = generator_(t);
      return std::shared_ptr<const solvers::Generator>(generator, &generator->linear());
    };
    const solvers::PropagatorTask task{linear, problem_.process.depends_on_time(), times_.back(),
                                       problem_.density.tolerance};
    const auto propagator = solvers::choose_propagator("sdirk", task).propagator->make(task);
    auto masses = start_;
    double t = 0, change = 0;
    for (std::size_t k = 0; k < times_.size(); ++k) {
      if (times_[k] > t) propagator->advance(masses, t, times_[k], {});
      t = times_[k];
      for (std::size_t n = 0; n < record_.observables.size(); ++n) {
        const auto& f = road_.cells()->averages(problem_.observables[n]);
        const double value = dot(part(), masses, f);
        change = std::max(change, std::abs(value - record_.observables[n].forward[k]) / size_of(f));
        record_.observables[n].forward[k] = value;
      }
    }
    note_ = fmt::format(
        "Fluxes that are limited to keep densities from going negative are taken in their linear form, "
        "without their "
        "limits: expectations may leave the range of the observable by the error of the grid. The limits "
        "change those "
        "from the initial law by {:.1e} of the largest |f| at most.",
        change);
  }

  [[nodiscard]] double size_of(const std::vector<double>& f) const {
    const auto [low, high] = range(part(), f);
    return std::max({std::abs(low), std::abs(high), std::numeric_limits<double>::min()});
  }

  void observable(const law::Observable& o) {
    const auto& f = road_.cells()->averages(o);
    auto& r = record_.observables[pictured_.size()];
    std::vector<std::vector<double>> u;
    if (problem_.process.depends_on_time()) {
      u = {solvers::backward_expectation_at(generator_, f, times_.back(), problem_.density.tolerance)};
      exact_ = false;
    } else {
      auto found = solvers::backward_expectation(generator_(0), f, times_, problem_.density.tolerance);
      exact_ = exact_ && found.exact_in_time;
      record_.propagator = found.propagator;
      u = std::move(found.at_time);
    }
    const double size = size_of(f);
    for (std::size_t k = 0; k < u.size(); ++k) {
      r.at_initial.push_back(dot(part(), start_, u[k]));
      r.duality_error = std::max(r.duality_error, std::abs(r.at_initial[k] - r.forward[k]) / size);
    }
    worst_ = std::max(worst_, r.duality_error);
    std::tie(r.minimum, r.maximum) = range(part(), u.back());
    pictured_.push_back({o.name, fmt::format("E[{} at t = {:g}], by the start", o.name, times_.back()),
                         "expectation", std::move(u.back())});
  }

  const io::Case& problem_;
  DensityRoad road_;
  std::vector<double> start_;
  solvers::GeneratorAt generator_;
  bool exact_;
  std::vector<double> times_;
  std::vector<PassageField> pictured_;
  io::BackwardRecord record_;
  std::string note_;
  double worst_ = 0;
};

}  // namespace

io::Record backward(const io::Case& problem, const parallel::Communicator& processes,
                    const io::TakeFields& take) {
  check(problem);
  const auto start = Clock::now();
  io::Record record = begin_record(problem);
  record.times.clear();
  Backward run(problem, scaled_grid(problem, 1, 1, processes));
  record.backward = run.run();
  record.claims = {run.duality()};
  if (!run.note().empty()) record.notes.push_back(run.note());
  if (take) take(scaled_grid(problem, 1, 1, processes), run.fields());
  record.backward->seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return record;
}

}  // namespace fpk::app
