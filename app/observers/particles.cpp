#include "app/observers/particles.hpp"

#include "app/mean_comparison.hpp"
#include "app/observers/series.hpp"

namespace fpk::app {

void observe_particles(const io::Case& problem, const Roads& roads, io::ParticlesRecord& record,
                       Findings& findings) {
  const auto& particles = *roads.particles;
  const auto estimates = particles.sample().expectations(problem.observables);
  append(record.observables, problem.observables, estimates, true);
  record.escaped.push_back(particles.ensemble().absorbed());
  record.exploded.push_back(particles.ensemble().exploded());
  findings.exploded = particles.ensemble().exploded();
  if (roads.density && *findings.exploded == 0)
    compare_means(problem, *roads.density, *roads.coarse, particles, estimates, findings);
}

}  // namespace fpk::app
