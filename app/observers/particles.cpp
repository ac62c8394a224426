#include "app/observers/particles.hpp"

#include <stdexcept>

#include "app/mean_comparison.hpp"
#include "app/observers/series.hpp"

namespace fpk::app {
namespace {

/// Recorded, and handed on; nothing where a pair has exploded, which the findings then say.
std::vector<ExtrapolatedMean> observe_extrapolation(const io::Case& problem, const StepExtrapolation& road,
                                                    io::ParticlesRecord& record, Findings& findings) {
  if (!record.extrapolated) record.extrapolated.emplace();
  auto& r = *record.extrapolated;
  r.order = road.order(), r.next_order = road.next_order();
  try {
    auto means = road.means(problem.observables);
    std::vector<law::Estimate> estimates, remainders;
    for (const auto& m : means) {
      estimates.push_back(m.mean);
      remainders.push_back({m.remainder, 0});
    }
    append(r.observables, problem.observables, estimates, true);
    append(r.remainder, problem.observables, remainders, false);
    return means;
  } catch (const std::runtime_error& e) {
    findings.pilot_failure = e.what();
    return {};
  }
}

}  // namespace

void observe_particles(const io::Case& problem, const Roads& roads, io::ParticlesRecord& record,
                       Findings& findings) {
  const auto& particles = *roads.particles;
  const auto estimates = particles.sample().expectations(problem.observables);
  append(record.observables, problem.observables, estimates, true);
  record.escaped.push_back(particles.ensemble().absorbed());
  record.exploded.push_back(particles.ensemble().exploded());
  findings.exploded = particles.ensemble().exploded();
  std::vector<ExtrapolatedMean> extrapolated;
  if (roads.step_extrapolation && *findings.exploded == 0) {
    extrapolated = observe_extrapolation(problem, *roads.step_extrapolation, record, findings);
    findings.order_left = roads.step_extrapolation->next_order();
  }
  if (roads.density && *findings.exploded == 0 && findings.pilot_failure.empty())
    compare_means(problem, *roads.density, *roads.coarse, particles, estimates, extrapolated, findings);
}

}  // namespace fpk::app
