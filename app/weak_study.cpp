// The weak order by coupled paths: samples shared out over the ladder until the interval is narrow (docs/weak-order.md).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/converge.hpp"
#include "app/level_sampler.hpp"
#include "app/particle_road.hpp"
#include "app/sampled_study.hpp"
#include "io/refusal.hpp"
#include "sde/boundary.hpp"
#include "sde/time_steps.hpp"
#include "verification/coupled_ladder.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

verification::LadderSettings ladder_settings(const io::Case& problem, double promised) {
  verification::LadderSettings s;
  for (const double step : problem.converge.steps)  // those taken: they divide the time
    s.steps.push_back(sde::equal_steps(problem.times.back(), step).size);
  s.promised = promised;
  s.gap = sde::gap_of_orders(*sde::find_scheme(problem.particles->scheme), problem.domain);
  s.half_width = problem.converge.half_width;
  s.budget = problem.converge.budget;
  return s;
}

[[noreturn]] void refuse_exact(const io::Case& problem) {
  io::refuse(problem, "particles.scheme",
             problem.particles->scheme + " is exact in law: there is no weak order to measure",
             "take another scheme, or leave converge.steps out");
}

}  // namespace

io::ConvergenceStudy weak_study(const io::Case& problem, const parallel::Communicator& processes,
                                io::Progress::Style style) {
  const auto start = Clock::now();
  const auto& observable = chosen_observable(problem);
  const auto& p = *problem.particles;
  io::ConvergenceStudy study;
  study.name = "weak";
  study.title = fmt::format("Weak order of {} in the step", p.scheme);
  study.scheme = p.scheme;
  study.method = "coupled paths";
  study.observable = observable.name;
  describe_samples(p, study);
  study.half_width = problem.converge.half_width;
  study.promised = order_in_box(problem, false);
  study.at_least = sde::find_scheme(p.scheme)->has_decision;
  if (std::isinf(std::min(study.promised, sde::order_at_walls(problem.domain)))) refuse_exact(problem);
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
  if (std::isinf(verification::order_of(ladder.rungs, study.promised))) refuse_exact(problem);
  const auto biases = verification::biases(settings.steps, ladder.rungs);
  for (std::size_t r = 0; r < biases.size(); ++r) {
    const auto& rung = ladder.rungs[r];
    auto row = sampled_row(biases[r], static_cast<std::int64_t>(rung.samples()), rung.cost);
    row.expectation = rung.coarse.mean;
    study.rows.push_back(std::move(row));
  }
  study.verdict = ladder.verdict;
  lower_promise(study, verification::order_of(ladder.rungs, study.promised));
  study.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return study;
}

}  // namespace fpk::app
