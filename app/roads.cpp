#include "app/roads.hpp"

#include <algorithm>

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
  if (problem.sgd && problem.sgd->replicas > 0) sgd.emplace(problem, part.processes());
}

void Roads::advance(double from, double to, io::Progress& progress, const std::function<void()>& pause) {
  // The roads one after the other, each an equal part of the way.
  const int roads = int{density.has_value()} + int{particles.has_value()} + int{sgd.has_value()};
  const double part = (to - from) / std::max(1, roads);
  double begin = from;
  const auto tell = [&](double done, const char* road) { progress.update(begin + done * part, road); };
  // Not where a road has gone ahead already, before the state was restored.
  if (density && density->time() < to) {
    density->advance(to, [&](double now) { tell((now - from) / (to - from), "density"); });
    if (pause) pause();
  }
  if (density) begin += part;
  if (coarse && coarse->time() < to) {
    coarse->advance(to);
    if (extrapolation) extrapolation->advance(to);
    if (pause) pause();
  }
  if (particles) {
    particles->advance(
        to, [&](double done) { tell(done, "particles"); }, pause);
    begin += part;
  }
  if (step_extrapolation) step_extrapolation->advance(to);
  if (sgd)
    sgd->advance(
        to, [&](double done) { tell(done, "chains"); }, pause);
}

void Roads::archive(parallel::Archive& archive) {
  if (density) density->archive(archive);
  if (coarse) coarse->archive(archive);
  if (extrapolation) extrapolation->archive(archive);
  if (particles) particles->archive(archive);
  if (step_extrapolation) step_extrapolation->archive(archive);
  if (sgd) sgd->archive(archive);
}

law::GridPart comparison_grid(const io::Case& problem, const parallel::Communicator& processes) {
  std::vector<law::Axis> seen;
  for (const auto& axis : problem.axes)
    if (seen.size() < law::max_dimension)
      seen.push_back(problem.axes.size() > law::max_dimension ? axis.recut(cells_of_many) : axis);
  return {law::Grid(std::move(seen)), processes, planes_together(problem)};
}

}  // namespace fpk::app
