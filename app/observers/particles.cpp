#include "app/observers/particles.hpp"

#include <cmath>
#include <stdexcept>

#include "app/exit_comparison.hpp"
#include "app/mean_comparison.hpp"
#include "app/observers/series.hpp"
#include "model/faces.hpp"

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

/// Share of the particles that has left through each absorbing face.
void observe_exits(const io::Case& problem, const ParticleRoad& particles, io::ParticlesRecord& record) {
  const auto faces = model::absorbing_faces(problem.domain);
  const auto counts = particles.ensemble().absorbed_at_faces();
  const double N = static_cast<double>(problem.particles->count);
  for (std::size_t f = 0; f < faces.size(); ++f) {
    if (record.exits.size() == f)
      record.exits.emplace_back(model::name(problem.domain, faces[f]), io::Series{});
    const double share = static_cast<double>(counts[f]) / N;
    record.exits[f].second.value.push_back(share);
    record.exits[f].second.standard_error.push_back(std::sqrt(share * (1 - share) / N));
  }
}

void compare(const io::Case& problem, const Roads& roads, const std::vector<law::Estimate>& estimates,
             const std::vector<ExtrapolatedMean>& extrapolated, Findings& findings) {
  compare_means(problem, *roads.density, *roads.coarse, *roads.particles, estimates, extrapolated, findings);
  if (findings.pilot_failure.empty() && !problem.domain.is_closed())
    compare_exits(problem, *roads.density, *roads.coarse, *roads.particles, findings);
}

}  // namespace

void observe_particles(const io::Case& problem, const Roads& roads, io::ParticlesRecord& record,
                       Findings& findings) {
  const auto& particles = *roads.particles;
  const auto estimates = particles.sample().expectations(problem.observables);
  append(record.observables, problem.observables, estimates, true);
  observe_exits(problem, particles, record);
  record.escaped.push_back(particles.ensemble().absorbed());
  record.exploded.push_back(particles.ensemble().exploded());
  findings.exploded = particles.ensemble().exploded();
  std::vector<ExtrapolatedMean> extrapolated;
  if (roads.step_extrapolation && *findings.exploded == 0) {
    extrapolated = observe_extrapolation(problem, *roads.step_extrapolation, record, findings);
    findings.order_left = roads.step_extrapolation->next_order();
  }
  if (roads.density && *findings.exploded == 0 && findings.pilot_failure.empty())
    compare(problem, roads, estimates, extrapolated, findings);
}

}  // namespace fpk::app
