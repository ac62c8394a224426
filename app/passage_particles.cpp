#include "app/passage_particles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/particle_road.hpp"
#include "app/run_claims.hpp"
#include "law/exact/point.hpp"
#include "sde/first_passage.hpp"
#include "verification/allowance.hpp"
#include "verification/mean_agreement.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using verification::Claim;
using verification::Evidence;

std::shared_ptr<const law::InitialLaw> start_law(const io::Case& problem,
                                                 const io::PassageSettings& settings) {
  if (settings.start == io::PassageStart::point)
    return std::make_shared<law::PointMass>(problem.process.variables, settings.point);
  return problem.initial;
}

/// Of survival at each time, the restricted mean and the share in the target. One pair more that parts changes a share by 1 / pairs,
/// a time by as much as horizon / pairs.
std::vector<law::Estimate> step_biases(const std::vector<law::Estimate>& differences, double order,
                                       double pairs, double horizon) {
  std::vector<law::Estimate> betas;
  for (std::size_t k = 0; k < differences.size(); ++k) {
    const bool is_time = k + 2 == differences.size();
    betas.push_back(verification::step_bias(differences[k], order, (is_time ? horizon : 1) / pairs));
  }
  return betas;
}

/// Particles against density: survival at each time, the restricted mean, the share in the target.
class Comparisons {
 public:
  Comparisons(const sde::PassageFigures& figures, const PassageReference& reference,
              std::vector<law::Estimate> beta, double N)
      : figures_(figures), reference_(reference), beta_(std::move(beta)), N_(N) {}

  void survival(const std::vector<double>& times) {
    for (std::size_t k = 0; k < times.size(); ++k) {
      if (times[k] == 0) continue;  // nothing has happened yet
      const double S = std::clamp(reference_.survival[k], 0.0, 1.0);
      const double cells =
          reference_.coarse_survival.empty() ? 0 : std::abs(reference_.coarse_survival[k] - S);
      add(figures_.survival[k], S, S * (1 - S), beta_[k], cells, 1,
          fmt::format("survival at t = {:.4g}", times[k]));
    }
  }
  void restricted_mean(std::size_t k, double horizon) {
    if (!reference_.restricted_mean) return;
    const double mean = *reference_.restricted_mean;
    const double cells =
        reference_.coarse_restricted_mean ? std::abs(*reference_.coarse_restricted_mean - mean) : 0;
    add(figures_.restricted_mean, mean, 0, beta_[k], cells, horizon, "the mean up to the horizon");
  }
  /// Those that still run may end in the target or not.
  void in_target(std::size_t k) {
    if (!reference_.probability) return;
    const double p = *reference_.probability;
    add(figures_.in_target, p, p * (1 - p), beta_[k], figures_.running.value, 1, "the share in the target");
  }

  [[nodiscard]] Claim claim() const {
    auto agreement = verification::means_agree(all_, false_alarm_budget, "particle-passage-agrees",
                                               "The particles' passage times agree with the density's.");
    if (agreement.worst) agreement.claim.reason += "; the furthest was " + names_[*agreement.worst];
    return agreement.claim;
  }

 private:
  /// `beta` of the step; `more` of the cells and of what is not known yet.
  void add(const law::Estimate& found, double reference, double variance, const law::Estimate& beta,
           double more, double range, std::string name) {
    const double M = static_cast<double>(figures_.survival.size() + 2);
    all_.push_back({found.value, std::max(found.standard_error, std::sqrt(variance / N_)), reference,
                    beta.value + more + verification::grain(M, false_alarm_budget, range, N_),
                    beta.standard_error});
    names_.push_back(std::move(name));
  }

  const sde::PassageFigures& figures_;
  const PassageReference& reference_;
  std::vector<law::Estimate> beta_;
  double N_;
  std::vector<verification::MeanComparison> all_;
  std::vector<std::string> names_;
};

io::PassageParticlesRecord record_of(const io::ParticleSettings& p, const sde::PassageTimes& passages,
                                     const std::vector<double>& times, const sde::PassageFigures& f,
                                     bool bridge) {
  io::PassageParticlesRecord r;
  r.count = p.count;
  r.scheme = p.scheme;
  r.noise = sde::name(p.noise);
  r.absorption = sde::name(bridge ? sde::Absorption::bridge : sde::Absorption::end_of_step);
  r.step = passages.step;
  r.seed = p.seed;
  r.horizon = passages.horizon;
  r.times = times;
  for (const auto& s : f.survival) {
    r.survival.push_back(s.value);
    r.survival_error.push_back(s.standard_error);
  }
  r.restricted_mean = f.restricted_mean;
  r.restricted_variance = f.restricted_variance;
  r.in_target = f.in_target;
  r.at_faces = f.at_faces;
  r.censored = static_cast<std::int64_t>(std::llround(f.running.value * static_cast<double>(p.count)));
  r.exploded = f.exploded;
  return r;
}

/// Particle-steps that a passage takes without being told to: a few seconds.
constexpr double most_steps = 5e8;

}  // namespace

std::vector<double> particle_times(const io::Case& problem, const io::PassageSettings& settings,
                                   const std::vector<double>& times, std::vector<std::string>& notes) {
  const auto& p = *problem.particles;
  const double affordable = most_steps / static_cast<double>(p.count) * p.step;
  const double horizon = settings.horizon.value_or(std::min(times.back(), affordable));
  if (!settings.horizon && affordable < times.back())
    notes.push_back(
        fmt::format("The particles were followed up to t = {:.4g}, not {:.4g}: {:.0e} particle-steps. "
                    "passage.horizon takes them further.",
                    affordable, times.back(), most_steps));
  std::vector<double> seen;
  for (const double t : times)
    if (t < horizon) seen.push_back(t);
  seen.push_back(horizon);
  return seen;
}

std::string no_particle_passage(const io::Case& problem, const io::PassageSettings& settings) {
  if (!problem.particles) return "";
  if (settings.start == io::PassageStart::set)
    return "The particles took no passage: they start at a point or from the initial law, and the stationary "
           "law on a set "
           "is known on the grid alone.";
  return "";
}

void particle_passage(const io::Case& problem, const io::PassageSettings& settings,
                      const std::vector<double>& times, const PassageReference& reference,
                      const parallel::Communicator& processes, io::Record& record) {
  const auto clock = Clock::now();
  const auto& p = *problem.particles;
  const auto initial = start_law(problem, settings);
  const sde::PassageProblem passage{problem.process, problem.domain, *initial, settings.target};
  const double horizon = times.back();
  const auto pilot = pilot_settings(p);
  const auto passages = sde::first_passages(passage, ensemble_settings(p), horizon, processes);
  const auto pairs = sde::coupled_passages(passage, pilot, horizon, processes);
  const auto figures = sde::passage_figures(passages, times);
  const bool bridge = sde::passage_has_bridge(passage, ensemble_settings(p));
  // Faces that reflect leave order 1, too: sde::order_at_walls.
  const double order =
      std::min(sde::weak_order(*sde::find_scheme(p.scheme), problem.process, p.noise, model::Domain{}),
               bridge ? 1.0 : 0.5);
  const auto K = times.size();
  Comparisons comparisons(
      figures, reference,
      step_biases(sde::passage_differences(pairs, times), order, static_cast<double>(pilot.count), horizon),
      static_cast<double>(p.count));
  comparisons.survival(times);
  comparisons.restricted_mean(K, horizon);
  comparisons.in_target(K + 1);
  record.claims.push_back(comparisons.claim());
  record.claims.push_back({"no-particle-exploded", "No particle's position ceased to be finite.",
                           Evidence::exact, static_cast<double>(figures.exploded), 0,
                           "a scheme that explodes has no law to compare"});
  if (!bridge)
    record.notes.emplace_back(
        "The particles' passages are seen where a step ends: excursions between are missed, an error of "
        "order 1/2 in the "
        "step. A target made of comparisons with and, or, not, particles.absorption = \"bridge\" and "
        "particles.noise = \"normal\" give order 1.");
  record.passage->particles = record_of(p, passages, times, figures, bridge);
  record.passage->particles->density_restricted_mean = reference.restricted_mean;
  record.passage->particles->seconds = std::chrono::duration<double>(Clock::now() - clock).count();
}

}  // namespace fpk::app
