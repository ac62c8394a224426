// The weak order by coupled paths: samples shared out over the ladder until the interval is narrow (docs/weak-order.md).
#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/converge.hpp"
#include "app/level_sampler.hpp"
#include "sde/time_steps.hpp"
#include "verification/coupled_ladder.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double sigmas_95 = 1.96;

verification::LadderSettings ladder_settings(const io::Case& problem, double promised) {
  verification::LadderSettings s;
  for (const double step : problem.converge.steps)  // those taken: they divide the time
    s.steps.push_back(sde::equal_steps(problem.times.back(), step).size);
  s.promised = promised;
  s.gap = sde::gap_of_orders(problem.domain);
  s.half_width = problem.converge.half_width;
  s.budget = problem.converge.budget;
  return s;
}

}  // namespace

io::ConvergenceStudy weak_study(const io::Case& problem, const parallel::Communicator& processes,
                                io::Progress::Style style) {
  const auto start = Clock::now();
  const auto& observable = chosen_observable(problem);
  const auto& p = *problem.particles;
  io::ConvergenceStudy study;
  study.name = "weak";
  study.title = "Weak order of the particle scheme in the step";
  study.scheme = p.scheme;
  study.method = "coupled paths";
  study.observable = observable.name;
  study.sampled = true;
  study.promised =
      sde::weak_order(*sde::find_scheme(p.scheme), problem.process, p.noise, problem.domain, p.absorption);
  if (std::isinf(study.promised))
    throw io::CaseError(
        {{problem.file.string(), 0, 0, p.scheme + " is exact in law: there is no weak order to measure",
          "take another scheme, or leave converge.steps out"}});
  const auto settings = ladder_settings(problem, study.promised);
  io::Progress progress("steps", settings.budget, style, "steps of paths");
  double cost = 0;
  const auto ladder =
      verification::sampled_ladder(settings, [&](std::size_t rung, std::int64_t first, std::int64_t count) {
        const auto level =
            coupled_samples(problem, observable, settings.steps[rung], rung, first, count, processes);
        cost += static_cast<double>(count) * level.cost;
        progress.update(std::min(cost, settings.budget));
        return level;
      });
  progress.finish();
  const auto biases = verification::biases(settings.steps, ladder.rungs);
  for (std::size_t r = 0; r < biases.size(); ++r) {
    const double d = biases[r].error, half = sigmas_95 * biases[r].standard_error;
    study.rows.push_back({biases[r].size, {}, ladder.rungs[r].coarse.mean, d, d - half, d + half});
  }
  study.verdict = ladder.verdict;
  study.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return study;
}

}  // namespace fpk::app
