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
constexpr double standard_errors = 3;

}  // namespace

sde::EnsembleSettings ensemble_settings(const io::ParticleSettings& particles) {
  sde::EnsembleSettings settings{particles.count, particles.scheme, particles.step, particles.seed,
                                 particles.noise};
  settings.absorption = particles.absorption;
  return settings;
}

sde::EnsembleSettings pilot_settings(const io::ParticleSettings& p) {
  auto s = ensemble_settings(p);
  s.count = std::min(p.count, std::max(fewest_pairs, p.count * pairs_per_hundred / 100));
  return s;
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

/// bias(dt) = difference / (1 - 2^-order)
double ParticleRoad::extrapolation_factor() const {
  const auto& p = *problem_.particles;
  return 1 / (1 - std::pow(2.0, -sde::weak_order(*sde::find_scheme(p.scheme), p.noise, problem_.domain,
                                                 p.absorption)));
}

std::vector<double> ParticleRoad::exit_allowances() const {
  std::vector<double> allowances;
  const double extrapolation = extrapolation_factor(),
               a_pair = 1 / static_cast<double>(pilot_.coarse().count());
  for (const auto& d : pilot_.exit_differences())
    allowances.push_back(extrapolation *
                         (std::abs(d.value) + standard_errors * std::max(d.standard_error, a_pair)));
  return allowances;
}

std::vector<double> ParticleRoad::bias_allowances(const std::vector<law::Observable>& observables) const {
  std::vector<double> allowances;
  const double extrapolation = extrapolation_factor();
  for (const auto& d : pilot_.differences(observables))
    allowances.push_back(extrapolation *
                         (std::abs(d.difference.value) + standard_errors * d.difference.standard_error));
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
