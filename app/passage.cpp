#include "app/passage.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>

#include "app/begin_record.hpp"
#include "app/density_road.hpp"
#include "app/passage_claims.hpp"
#include "app/passage_particles.hpp"
#include "app/passage_pictures.hpp"
#include "app/passage_start.hpp"
#include "io/refusal.hpp"
#include "solvers/passage/committor.hpp"
#include "solvers/passage/passage_time.hpp"
#include "solvers/passage/survival.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using formula::Formula;

/// Mean passage times up to which the distribution is followed, where the case names no times.
constexpr double means_followed = 5;

io::PassageSettings settings_of(const io::Case& problem) {
  if (problem.process.depends_on_time())
    io::refuse(problem, "process", "a passage wants coefficients that do not depend on t",
               "leave t out of drift and noise");
  if (problem.process.dimension() > law::max_dimension)
    io::refuse(problem, "process.variables", "a passage wants at most 3 variables", "leave some out");
  if (!problem.passage && problem.domain.is_closed())
    io::refuse(problem, "domain", "the case asks for no passage, and no face of its box absorbs",
               "add [passage] with start and target");
  return problem.passage.value_or(io::PassageSettings{});
}

double mean_of(const law::GridPart& part, std::span<const double> masses, std::span<const double> values) {
  std::vector<double> terms(masses.size());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = masses[c] * values[c];
  return law::total(part, terms);
}

/// The passage of a case on one grid.
class PassageRun {
 public:
  PassageRun(const io::Case& problem, const law::GridPart& part)
      : problem_(problem),
        settings_(settings_of(problem)),
        part_(part),
        generator_(solvers::build_generator(problem.process, problem.domain, part, 0, problem.density.flux)) {
    if (settings_.target) ends_.push_back(*settings_.target);
    stopped_ = solvers::stop(*generator_, ends_);
    start_ = passage_start(problem, settings_, *generator_, stopped_, ends_);
    backward_.emplace(stopped_.generator, solvers::Direction::backward);
    fields_ = solvers::passage_fields(*backward_, stopped_, into());
    moments_ = solvers::passage_moments(part_, fields_, start_.masses, ended());
  }

  [[nodiscard]] const solvers::PassageMoments& moments() const { return moments_; }

  /// Survival at these times.
  struct Survival {
    solvers::SurvivalSeries series;
    std::optional<double>
        restricted_mean;  ///< E min(tau, H), H the last time, once the survivors' law has settled
  };
  [[nodiscard]] Survival survival_at(const std::vector<double>& times) const {
    Survival s{solvers::survival(stopped_, start_, quasi_, times, problem_.density.tolerance), {}};
    if (s.series.settled && *s.series.settled <= times.back() && quasi_.rate > 0)
      s.restricted_mean = mean_to_any_end_ - s.series.survival.back() / quasi_.rate;
    return s;
  }

  /// The same on a grid that only companions another one.
  Survival companion_survival_at(const std::vector<double>& times) {
    io::PassageRecord unused;
    any_end(unused);
    long_run(unused);
    return survival_at(times);
  }

  [[nodiscard]] const io::PassageSettings& settings() const { return settings_; }
  [[nodiscard]] bool may_end_elsewhere() const { return !ends_.empty() && stopped_.has_absorbing_faces; }

  void fill(io::Record& record, const io::TakeFields& take) {
    io::PassageRecord p;
    for (const auto& axis : part_.grid().axes()) p.cells.push_back(axis.cells());
    p.flux = solvers::flux_name(problem_.process, problem_.density.flux);
    p.start = start_words(settings_);
    if (settings_.target) p.target = settings_.target->text();
    if (settings_.source) p.source = settings_.source->text();
    p.time = {moments_.probability, moments_.mean, moments_.variance, {}};
    pictured_.push_back({"mean_passage_time", "Mean first-passage time", "time", conditional_mean()});
    any_end(p);
    long_run(p);
    distribution(p);
    if (settings_.source) reaction(p);
    p.correction = std::max(p.correction, backward_->correction());
    findings_.correction = p.correction;
    record.claims = passage_claims(findings_);
    if (generator_->is_limited())
      notes_.push_back(
          fmt::format("Fluxes that are limited to keep densities from going negative are taken in their "
                      "linear form, without "
                      "their limits: probabilities may leave [0, 1] by the error of the grid. Of the "
                      "survivors' law at most {:.1e} "
                      "was below zero.",
                      p.survival.negative));
    record.notes.insert(record.notes.end(), notes_.begin(), notes_.end());
    p.pictures = passage_pictures(part_, pictured_);
    if (take) take(part_, vtk());
    record.passage = std::move(p);
  }

 private:
  [[nodiscard]] const std::vector<double>& into() const {
    return ends_.empty() ? stopped_.into_faces : stopped_.into_set.front();
  }
  [[nodiscard]] double ended() const {
    return ends_.empty() ? start_.ended_at_faces : start_.ended_in_sets.front();
  }

  [[nodiscard]] std::vector<double> conditional_mean() const {
    auto mean = fields_.mean;
    for (std::size_t c = 0; c < mean.size(); ++c)
      if (fields_.probability[c] > 0) mean[c] /= fields_.probability[c];
    return mean;
  }

  /// The time until the process ends in whichever way, forward and backward.
  void any_end(io::PassageRecord& p) {
    const bool both = !ends_.empty() && stopped_.has_absorbing_faces;
    const auto fields = both ? solvers::passage_fields(*backward_, stopped_, stopped_.absorption) : fields_;
    any_end_ = fields.mean;
    const double ended_before = start_.ended_at_faces + law_sum(start_.ended_in_sets);
    const auto m = solvers::passage_moments(part_, fields, start_.masses, ended_before);
    mean_to_any_end_ = m.mean;
    if (both) {
      p.exit = io::AnyEndRecord{m.mean, m.variance};
      pictured_.push_back({"probability", "Probability of passing", "probability", fields_.probability});
    }
  }

  static double law_sum(const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values) sum += v;
    return sum;
  }

  /// The quasi-stationary law, and what the forward equation has to say of the mean.
  void long_run(io::PassageRecord& p) {
    solvers::StoppedSystem forward(stopped_.generator, solvers::Direction::forward);
    const auto occupation = forward.solve(start_.masses);
    findings_.mean_backward = mean_to_any_end_;
    findings_.mean_forward = law::total(part_, occupation);
    p.correction = forward.correction();
    try {
      quasi_ = solvers::quasi_stationary(forward, stopped_);
    } catch (const solvers::SolverError& e) {  // the passage itself does not need it
      notes_.emplace_back(e.what());
      return;
    }
    p.correction = forward.correction();
    p.quasi_stationary = io::QuasiStationaryRecord{quasi_.rate, quasi_.residual, quasi_.solves};
    findings_.rate_times_mean = quasi_.rate * mean_of(part_, quasi_.law, any_end_);
    auto density = quasi_.law;
    for (std::size_t c = 0; c < density.size(); ++c) density[c] /= part_.volume(c);
    pictured_.push_back(
        {"quasi_stationary_density", "Quasi-stationary density", "density", std::move(density)});
  }

  void distribution(io::PassageRecord& p) const {
    auto times = settings_.times;
    for (std::size_t k = 0; times.size() < settings_.observations && settings_.times.empty(); ++k)
      times.push_back(means_followed * mean_to_any_end_ * static_cast<double>(k) /
                      static_cast<double>(settings_.observations - 1));
    const auto s = solvers::survival(stopped_, start_, quasi_, times, problem_.density.tolerance);
    p.survival.times = s.times;
    p.survival.survival = s.survival;
    p.survival.density = ends_.empty() ? s.at_faces : s.in_set.front();
    p.survival.density_at_faces = s.at_faces;
    p.survival.settled = s.settled;
    p.survival.propagator = s.propagator;
    p.survival.negative = s.negative;
  }

  void reaction(io::PassageRecord& p) {
    const std::vector<Formula> sets{*settings_.source, *settings_.target};
    const auto between = solvers::stop(*generator_, sets);
    const auto start = passage_start(problem_, settings_, *generator_, between, sets);
    if (!generator_->is_closed()) {  // no stationary process, and so no transitions per time
      solvers::StoppedSystem system(between.generator, solvers::Direction::backward);
      auto q = solvers::committor(system, between, 1);
      p.committor_at_start = mean_of(part_, start.masses, q) + start.ended_in_sets[1];
      pictured_.push_back({"committor", "Committor", "probability", std::move(q)});
      return;
    }
    auto t =
        solvers::transition_paths(generator_->linear(), between, stationary_masses_of(problem_, *generator_));
    p.committor_at_start = mean_of(part_, start.masses, t.forward) + start.ended_in_sets[1];
    p.reaction = io::ReactionRecord{t.rate, t.rate_into_target, t.rate_forward, t.rate_backward};
    findings_.rate_out_of_source = t.rate;
    findings_.rate_into_target = t.rate_into_target;
    std::vector<double> strength(part_.size(), 0.0);
    for (std::size_t c = 0; c < strength.size(); ++c)
      strength[c] = std::hypot(t.flux[3 * c], t.flux[3 * c + 1], t.flux[3 * c + 2]);
    pictured_.push_back({"committor", "Committor", "probability", t.forward});
    pictured_.push_back({"reactive_flux_strength", "Reactive flux", "flux", std::move(strength)});
    extra_.push_back({"backward_committor", 1, std::move(t.backward)});
    extra_.push_back({"reactive_flux", 3, std::move(t.flux)});
  }

  [[nodiscard]] std::vector<io::CellField> vtk() const {
    std::vector<io::CellField> fields;
    for (const auto& f : pictured_) fields.push_back({f.name, 1, f.values});
    fields.insert(fields.end(), extra_.begin(), extra_.end());
    return fields;
  }

  const io::Case& problem_;
  io::PassageSettings settings_;
  law::GridPart part_;
  std::shared_ptr<const solvers::Generator> generator_;
  std::vector<std::string> notes_;
  std::vector<Formula> ends_;  ///< the target, where there is one
  solvers::Stopped stopped_;
  solvers::StartLaw start_;
  std::optional<solvers::StoppedSystem> backward_;
  solvers::PassageFields fields_;
  solvers::PassageMoments moments_;
  solvers::QuasiStationary quasi_;
  std::vector<double> any_end_;
  double mean_to_any_end_ = 0;
  PassageFindings findings_;
  std::vector<PassageField> pictured_;
  std::vector<io::CellField> extra_;
};

/// What a grid of half as many cells says; nothing where it is too coarse to have an answer.
struct Companion {
  std::optional<double> mean;
  std::optional<PassageRun::Survival> survival;
};

/// `times`: of the survival; none where nobody asks for it.
Companion companion(const io::Case& problem, const parallel::Communicator& processes,
                    const std::vector<double>& times) {
  Companion found;
  for (const auto& axis : problem.axes)
    if (axis.cells() < 4) return found;
  try {
    PassageRun run(problem, scaled_grid(problem, 1, 2, processes));
    found.mean = run.moments().mean;
    if (!times.empty()) found.survival = run.companion_survival_at(times);
  } catch (const solvers::SolverError&) {
    return found;
  } catch (const std::invalid_argument&) {  // a set without a cell of its own on the coarse grid
    return found;
  }
  return found;
}

PassageReference reference_of(const PassageRun& run, const Companion& coarse,
                              const std::vector<double>& times) {
  const auto fine = run.survival_at(times);
  PassageReference reference{fine.series.survival, {}, fine.restricted_mean, {}, {}};
  if (run.may_end_elsewhere()) reference.probability = run.moments().probability;
  if (!coarse.survival) return reference;
  reference.coarse_survival = coarse.survival->series.survival;
  reference.coarse_restricted_mean = coarse.survival->restricted_mean;
  return reference;
}

}  // namespace

io::Record passage(const io::Case& problem, const parallel::Communicator& processes,
                   const io::TakeFields& take) {
  const auto start = Clock::now();
  io::Record record = begin_record(problem);
  record.times.clear();
  PassageRun run(problem, scaled_grid(problem, 1, 1, processes));
  run.fill(record, take);
  const auto& all = record.passage->survival.times;
  const auto why_not = no_particle_passage(problem, run.settings());
  if (!why_not.empty()) record.notes.push_back(why_not);
  const bool particles = problem.particles && why_not.empty() && !all.empty() && all.back() > 0;
  const auto times =
      particles ? particle_times(problem, run.settings(), all, record.notes) : std::vector<double>{};
  const auto coarse = companion(problem, processes, times);
  if (coarse.mean) record.passage->time.mean_error = std::abs(*coarse.mean - record.passage->time.mean) / 3;
  if (particles)
    particle_passage(problem, run.settings(), times, reference_of(run, coarse, times), processes, record);
  record.passage->seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return record;
}

}  // namespace fpk::app
