#include "app/density_road.hpp"

#include <algorithm>
#include <chrono>

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The initial law on the grid, made to sum to 1: the reader has refused laws with mass outside the box.
std::vector<double> initial_masses(const law::InitialLaw& initial, const law::GridPart& part) {
  auto masses = initial.cell_masses(part);
  const double sum = law::total(part, masses);
  for (auto& m : masses) m /= sum;
  return masses;
}

}  // namespace

DensityRoad::DensityRoad(const io::Case& problem, const law::GridPart& part)
    : problem_(problem),
      cells_(std::make_shared<law::CellShape>(part, problem.process.log_stationary())),
      density_(cells_, initial_masses(*problem.initial, part)) {
  const auto start = Clock::now();
  task_ = {solvers::generator_in_time(problem.process, problem.domain, part, problem.density.flux),
           problem.process.depends_on_time(), problem.times.back(), problem.density.tolerance, problem.times};
  choice_ = solvers::choose_propagator(problem.density.propagator, task_);
  propagator_ = choice_.propagator->make(task_);
  seconds_ = seconds_since(start);
}

void DensityRoad::advance(double t, const solvers::Tick& tick) {
  const auto start = Clock::now();
  if (t > time_ && exits_)
    exits_->advance(*propagator_, density_.masses(), time_, t, tick);
  else if (t > time_)
    propagator_->advance(density_.masses(), time_, t, tick);
  time_ = t;
  seconds_ += seconds_since(start);
}

void DensityRoad::archive(parallel::Archive& archive) {
  double seconds = seconds_;
  archive("seconds", seconds);
  if (archive.is_restoring()) seconds_ += seconds;  // what it took to build all this again
  archive("time", time_);
  archive.shared("masses", std::span(density_.masses()), part().first(), part().grid().size());
  propagator_->archive(archive);
  if (exits_) exits_->archive(archive);
}

void DensityRoad::describe(io::DensityRecord& r) const {
  for (const auto& axis : part().grid().axes()) {
    r.cells.push_back(axis.cells());
    std::array<double, 2> widths = {axis.length(), 0};
    for (std::size_t i = 0; i < axis.cells(); ++i)
      widths = {std::min(widths[0], axis.width(i)), std::max(widths[1], axis.width(i))};
    r.widths.push_back(widths);
  }
  r.propagator = choice_.propagator->name;
  r.choice = choice_.reason;
  r.flux = solvers::flux_name(problem_.process, problem_.density.flux);
  r.tolerance = problem_.density.tolerance;
  r.applications = propagator_->work();
  r.restored_mass = propagator_->restored();
  r.seconds = seconds_;
}

law::GridPart scaled_grid(const io::Case& problem, std::size_t numerator, std::size_t denominator,
                          const parallel::Communicator& processes, std::size_t run) {
  std::vector<law::Axis> axes;
  for (const auto& axis : problem.axes)
    axes.push_back(axis.recut(std::max<std::size_t>(1, axis.cells() * numerator / denominator)));
  return {law::Grid(std::move(axes)), processes, run};
}

}  // namespace fpk::app
