#include "app/roads.hpp"

namespace fpk::app {
namespace {

/// Cells of an axis where a process has more variables than a grid has axes, and only the first few are looked at.
constexpr std::size_t cells_of_many = 24;

}  // namespace

Roads::Roads(const io::Case& problem, const law::GridPart& part, const model::Process& particle_process) {
  if (problem.density.enabled) {
    density.emplace(problem, part);
    density->keep_account_of_exits();
    coarse.emplace(problem, scaled_grid(problem, 1, 2, part.processes()));
    if (problem.particles) coarse->keep_account_of_exits();
    if (problem.density.extrapolate) extrapolation.emplace(problem, part.processes());
  }
  if (problem.particles) particles.emplace(problem, particle_process, part.processes());
  if (problem.particles && problem.particles->extrapolate)
    step_extrapolation.emplace(problem, particle_process, part.processes());
}

void Roads::advance(double from, double to, io::Progress& progress, const std::function<void()>& pause) {
  // Where there are both, the density is the first half of the way and the particles are the second.
  const double density_to = particles ? (from + to) / 2 : to,
               particles_from = density ? (from + to) / 2 : from;
  const auto share = [&](double begin, double end, double done) { return begin + done * (end - begin); };
  // Not where a road has gone ahead already, before the state was restored.
  if (density && density->time() < to) {
    density->advance(to, [&](double now) {
      progress.update(share(from, density_to, (now - from) / (to - from)), "density");
    });
    if (pause) pause();
  }
  if (coarse && coarse->time() < to) {
    coarse->advance(to);
    if (extrapolation) extrapolation->advance(to);
    if (pause) pause();
  }
  if (particles)
    particles->advance(
        to, [&](double done) { progress.update(share(particles_from, to, done), "particles"); }, pause);
  if (step_extrapolation) step_extrapolation->advance(to);
}

void Roads::archive(parallel::Archive& archive) {
  if (density) density->archive(archive);
  if (coarse) coarse->archive(archive);
  if (extrapolation) extrapolation->archive(archive);
  if (particles) particles->archive(archive);
  if (step_extrapolation) step_extrapolation->archive(archive);
}

law::GridPart comparison_grid(const io::Case& problem, const parallel::Communicator& processes) {
  std::vector<law::Axis> seen;
  for (const auto& axis : problem.axes)
    if (seen.size() < law::max_dimension)
      seen.push_back(problem.axes.size() > law::max_dimension ? axis.recut(cells_of_many) : axis);
  return {law::Grid(std::move(seen)), processes, planes_together(problem)};
}

}  // namespace fpk::app
