#include "solvers/passage/survival.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/choose_propagator.hpp"

namespace fpk::solvers {
namespace {

/// L1 distance of the survivors' law from the quasi-stationary one below which they are taken for the same: what survival
/// is then off by, in relative terms, at all later times.
constexpr double same_law = 1e-11;
/// The first stretch, in jumps of the fastest cell; each further one is twice as long.
constexpr double first_jumps = 256;

class Survivors {
 public:
  Survivors(const Stopped& stopped, const StartLaw& start, const QuasiStationary& quasi_stationary,
            double duration, double tolerance)
      : stopped_(stopped), quasi_(quasi_stationary), masses_(start.masses) {
    const PropagatorTask task{[g = stopped.generator](double) { return g; }, false, duration, tolerance};
    // A linear form of limited fluxes has rates of either sign, which a positive propagator must not see.
    const Choice choice = choose_propagator(stopped.generator->rates().is_signed ? "sdirk" : "auto", task);
    name_ = choice.propagator->name;
    propagator_ = choice.propagator->make(task);
    stretch_ = first_jumps / stopped.generator->largest_outflow();
    look();
  }

  void go_to(double t) {
    while (time_ < t && !settled_) {
      const double next = std::min(t, time_ + stretch_);
      propagator_->advance(masses_, time_, next, {});
      if (next == time_ + stretch_) stretch_ *= 2;
      time_ = next;
      look();
    }
    if (time_ < t) {
      for (auto& m : masses_) m *= std::exp(-quasi_.rate * (t - time_));
      time_ = t;
    }
  }

  [[nodiscard]] double left() const { return law::total(part(), masses_); }
  [[nodiscard]] double ending(const std::vector<double>& rate) const {
    std::vector<double> terms(masses_.size());
    for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = rate[c] * masses_[c];
    return law::total(part(), terms);
  }
  [[nodiscard]] double negative() const {
    std::vector<double> below(masses_);
    for (auto& m : below) m = std::max(0.0, -m);
    return law::total(part(), below);
  }
  [[nodiscard]] std::optional<double> settled() const { return settled_; }
  [[nodiscard]] const std::string& propagator() const { return name_; }

 private:
  [[nodiscard]] const law::GridPart& part() const { return stopped_.generator->part(); }

  void look() {
    const double total = left();
    if (settled_ || quasi_.law.empty() || !(total > 0)) return;
    auto law = quasi_.law;
    for (auto& q : law) q *= total;
    if (law::l1_distance(part(), masses_, law) > same_law * total) return;
    settled_ = time_;
    masses_ = std::move(law);
  }

  const Stopped& stopped_;
  const QuasiStationary& quasi_;
  std::vector<double> masses_;
  std::string name_;
  std::unique_ptr<Propagator> propagator_;
  double time_ = 0, stretch_ = 0;
  std::optional<double> settled_;
};

}  // namespace

SurvivalSeries survival(const Stopped& stopped, const StartLaw& start,
                        const QuasiStationary& quasi_stationary, const std::vector<double>& times,
                        double tolerance) {
  SurvivalSeries series;
  series.times = times;
  series.in_set.resize(stopped.into_set.size());
  Survivors survivors(stopped, start, quasi_stationary, times.back(), tolerance);
  for (const double t : times) {
    survivors.go_to(t);
    series.survival.push_back(survivors.left());
    if (survivors.left() > 0)
      series.negative = std::max(series.negative, survivors.negative() / survivors.left());
    for (std::size_t s = 0; s < stopped.into_set.size(); ++s)
      series.in_set[s].push_back(survivors.ending(stopped.into_set[s]));
    series.at_faces.push_back(survivors.ending(stopped.into_faces));
  }
  series.settled = survivors.settled();
  series.propagator = survivors.propagator();
  return series;
}

}  // namespace fpk::solvers
