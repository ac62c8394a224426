#include "app/particle_road.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "sde/boundary.hpp"
#include "sde/exits.hpp"
#include "sde/noise/rungs.hpp"
#include "verification/allowance.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Coupled pairs for each hundred particles: a pair takes three steps where a particle takes one, so they cost about a
/// quarter of the ensemble.
constexpr std::int64_t pairs_per_hundred = 8;
constexpr std::int64_t fewest_pairs = 2000;

/// a - b of what independent particles have estimated.
std::vector<law::Estimate> differences_of(const std::vector<law::Estimate>& a,
                                          const std::vector<law::Estimate>& b) {
  std::vector<law::Estimate> all;
  for (std::size_t k = 0; k < a.size(); ++k)
    all.push_back({a[k].value - b[k].value, std::hypot(a[k].standard_error, b[k].standard_error)});
  return all;
}

/// The shares of a sample that left through each absorbing face.
std::vector<law::Estimate> exit_shares(const law::Sample& sample, const model::Domain& domain) {
  std::vector<law::Estimate> shares;
  const auto N = static_cast<double>(sample.count());
  for (const auto left : sde::exits_of(sample, domain)) {
    const double share = static_cast<double>(left) / N;
    shares.push_back({share, std::sqrt(share * (1 - share) / N)});
  }
  return shares;
}

}  // namespace

sde::EnsembleSettings ensemble_settings(const io::ParticleSettings& particles) {
  return {.count = particles.count,
          .scheme = particles.scheme,
          .step = particles.step,
          .seed = particles.seed,
          .noise = particles.noise,
          .absorption = particles.absorption};
}

sde::EnsembleSettings pilot_settings(const io::ParticleSettings& p) {
  auto s = ensemble_settings(p);
  s.count = std::min(p.count, std::max(fewest_pairs, p.count * pairs_per_hundred / 100));
  return s;
}

double order_in_box(const io::Case& problem, bool mirrored) {
  const auto& p = *problem.particles;
  const double order =
      sde::weak_order(*sde::find_scheme(p.scheme), problem.process, p.noise, problem.domain, p.absorption);
  return mirrored ? std::min(order, sde::order_at_walls(problem.domain)) : order;
}

ParticleRoad::ParticleRoad(const io::Case& problem, const model::Process& process,
                           const parallel::Communicator& processes)
    : problem_(problem),
      ensemble_(process, problem.domain, *problem.initial, ensemble_settings(*problem.particles), processes),
      pilot_(process, problem.domain, *problem.initial, pilot_settings(*problem.particles), sde::rungs::pilot,
             processes) {}

void ParticleRoad::advance(double t, const std::function<void(double)>& tick,
                           const std::function<void()>& pause) {
  auto start = Clock::now();
  const auto count_seconds = [&] {
    const auto now = Clock::now();
    seconds_ += std::chrono::duration<double>(now - start).count();
    start = now;
  };
  ensemble_.advance(t, tick, [&] {
    count_seconds();
    if (pause) pause();
    start = Clock::now();
  });
  count_seconds();
  pilot_.advance(t, {}, pause);
}

void ParticleRoad::archive(parallel::Archive& archive) {
  archive("seconds", seconds_);
  ensemble_.archive(archive);
  pilot_.archive(archive);
}

double ParticleRoad::weak_order() const { return order_in_box(problem_, mirrored() > 0); }

std::vector<law::Estimate> ParticleRoad::exit_differences() const {
  if (sde::adds_up(problem_.particles->noise)) return pilot_.exit_differences();
  const auto of_particles = exit_shares(sample(), problem_.domain),
             of_fine = exit_shares(pilot_.fine(), problem_.domain);
  return differences_of(of_particles, of_fine);
}

std::vector<law::Estimate> ParticleRoad::exit_allowances() const {
  std::vector<law::Estimate> allowances;
  const double a_pair = 1 / static_cast<double>(pilot_.coarse().count());
  for (const auto& d : exit_differences())
    allowances.push_back(verification::step_bias(d, weak_order(), a_pair));
  return allowances;
}

std::vector<law::Estimate> ParticleRoad::bias_allowances(
    const std::vector<law::Observable>& observables) const {
  std::vector<law::Estimate> of_pairs, of_fine, allowances;
  for (const auto& d : pilot_.differences(observables)) {
    of_pairs.push_back(d.difference);
    of_fine.push_back(d.fine);
  }
  for (const auto& d : sde::adds_up(problem_.particles->noise)
                           ? of_pairs
                           : differences_of(sample().expectations(observables), of_fine))
    allowances.push_back(verification::step_bias(d, weak_order()));
  return allowances;
}

void ParticleRoad::describe(io::ParticlesRecord& r) const {
  r.count = problem_.particles->count;
  r.scheme = problem_.particles->scheme;
  r.noise = sde::name(problem_.particles->noise);
  r.absorption = problem_.domain.is_closed() ? "" : sde::name(problem_.particles->absorption);
  r.step = problem_.particles->step;
  r.seed = problem_.particles->seed;
  r.seconds = seconds_;
}

}  // namespace fpk::app
