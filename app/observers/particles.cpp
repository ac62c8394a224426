#include "app/observers/particles.hpp"

#include <cmath>

#include "app/exit_comparison.hpp"
#include "app/mean_comparison.hpp"
#include "app/observers/series.hpp"
#include "model/faces.hpp"

namespace fpk::app {

namespace {

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
             Findings& findings) {
  compare_means(problem, *roads.density, *roads.coarse, *roads.particles, estimates, findings);
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
  if (roads.density && *findings.exploded == 0) compare(problem, roads, estimates, findings);
}

}  // namespace fpk::app
