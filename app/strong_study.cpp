#include "app/strong_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "app/particle_road.hpp"
#include "app/sampled_study.hpp"
#include "law/paired.hpp"
#include "sde/coupled_ensemble.hpp"
#include "sde/noise/rungs.hpp"
#include "sde/scheme.hpp"
#include "sde/time_steps.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

std::vector<double> periods(const model::Domain& domain) {
  std::vector<double> lengths;
  for (const auto& side : domain.sides) lengths.push_back(side.is_periodic() ? side.length() : 0);
  return lengths;
}

}  // namespace

io::ConvergenceStudy strong_study(const io::Case& problem, const parallel::Communicator& processes,
                                  io::Progress::Style style) {
  const auto start = Clock::now();
  const auto& scheme = *sde::find_scheme(problem.particles->scheme);
  io::ConvergenceStudy study;
  study.name = "strong";
  study.title = fmt::format("Strong order of {} in the step", scheme.name);
  study.scheme = scheme.name;
  study.method = "coupled paths";
  study.observable = "distance of the paths";
  describe_samples(*problem.particles, study);
  study.promised = sde::strong_order(scheme, problem.process);
  io::Progress progress("steps", static_cast<double>(problem.converge.steps.size()), style, "rung");
  std::vector<verification::Rung> rungs;
  for (std::size_t r = 0; r < problem.converge.steps.size(); ++r) {
    auto settings = ensemble_settings(*problem.particles);
    settings.step = problem.converge.steps[r];
    sde::CoupledEnsemble pairs(problem.process, problem.domain, *problem.initial, settings,
                               sde::rungs::first_strong + r, processes);
    pairs.advance(problem.times.back());
    static_cast<void>(pairs.differences(problem.observables));  // throws where a path has exploded
    const auto steps = sde::equal_steps(problem.times.back(), settings.step);
    const auto apart = law::paired_distance(pairs.coarse(), pairs.fine(), periods(problem.domain));
    rungs.push_back({steps.size, apart.value, apart.standard_error});
    study.rows.push_back(sampled_row(rungs.back(), settings.count, 3 * static_cast<double>(steps.count)));
    progress.update(static_cast<double>(r + 1));
  }
  progress.finish();
  study.verdict = verification::order_of_biases(rungs);
  study.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return study;
}

}  // namespace fpk::app
