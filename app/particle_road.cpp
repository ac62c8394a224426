#include "app/particle_road.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

/// Coupled pairs for each hundred particles: a pair takes three steps where a particle takes one, so they cost about a
/// quarter of the ensemble.
constexpr std::int64_t pairs_per_hundred = 8;
constexpr std::int64_t fewest_pairs = 2000;

sde::EnsembleSettings pilot_settings(const io::ParticleSettings& p) {
  auto s = ensemble_settings(p);
  s.count = std::min(p.count, std::max(fewest_pairs, p.count * pairs_per_hundred / 100));
  return s;
}

}  // namespace

sde::EnsembleSettings ensemble_settings(const io::ParticleSettings& particles) {
  return {particles.count, particles.scheme, particles.step, particles.seed, particles.noise};
}

ParticleRoad::ParticleRoad(const io::Case& problem, const model::Process& process,
                           const parallel::Communicator& processes)
    : problem_(problem),
      ensemble_(process, problem.domain, *problem.initial, ensemble_settings(*problem.particles), processes),
      pilot_(process, problem.domain, *problem.initial, pilot_settings(*problem.particles), 0, processes) {}

void ParticleRoad::advance(double t, const std::function<void(double)>& tick) {
  const auto start = Clock::now();
  ensemble_.advance(t, tick);
  seconds_ += std::chrono::duration<double>(Clock::now() - start).count();
  pilot_.advance(t);
}

std::vector<law::Estimate> ParticleRoad::bias_allowances(
    const std::vector<law::Observable>& observables) const {
  const double order = sde::weak_order(*sde::find_scheme(problem_.particles->scheme),
                                       problem_.particles->noise, problem_.domain);
  const double extrapolation = 1 / (1 - std::pow(2.0, -order));  // bias(dt) = difference / (1 - 2^-order)
  std::vector<law::Estimate> allowances;
  for (const auto& d : pilot_.differences(observables))
    allowances.push_back(
        {extrapolation * std::abs(d.difference.value), extrapolation * d.difference.standard_error});
  return allowances;
}

void ParticleRoad::describe(io::ParticlesRecord& r) const {
  r.count = problem_.particles->count;
  r.scheme = problem_.particles->scheme;
  r.noise = sde::name(problem_.particles->noise);
  r.step = problem_.particles->step;
  r.seed = problem_.particles->seed;
  r.seconds = seconds_;
}

}  // namespace fpk::app
