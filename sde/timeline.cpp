#include "sde/timeline.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>

#include "sde/time_steps.hpp"

namespace fpk::sde {
namespace {

/// Particle-steps of one process in a sweep, at most: half a minute of one thread, more or less.
constexpr std::int64_t most_in_sweep = 4'000'000'000;
/// However many particles there are: from then on the steps hide what it costs to fetch them.
constexpr std::int64_t fewest_steps = 16;

/// The same on every process.
std::int64_t steps_of_sweep(std::int64_t wanted, const law::Sample& sample) {
  const std::int64_t here = sample.count() / sample.processes().size() + 1;
  return std::min(wanted, std::max(fewest_steps, most_in_sweep / here));
}

}  // namespace

void Timeline::check(double t) const {
  if (!(t >= time_))
    throw std::invalid_argument("an ensemble at time " + std::to_string(time_) + " cannot go back to time " +
                                std::to_string(t));
  if (taken_ > 0 && t != goal_)
    throw std::invalid_argument("an ensemble on its way to time " + std::to_string(goal_) +
                                " cannot go to time " + std::to_string(t) + " instead");
}

void Timeline::arrive(double t, std::int64_t steps, double dt) {
  steps_done_ += static_cast<std::uint64_t>(steps);
  time_ = t;
  taken_ = 0;
  if (steps > 0) last_ = dt;
  longest_ = std::max(longest_, dt);
}

void Timeline::advance(double t, const law::Sample& sample,
                       const std::function<Losses(const Block&, const Steps&, std::size_t)>& advance_block,
                       const std::function<void(const Losses&)>& swept,
                       const std::function<void(double)>& tick) {
  check(t);
  const TimeSteps interval = equal_steps(t - time_, step_);
  const double all = static_cast<double>(interval.count) * static_cast<double>(sample.size());
  std::atomic<std::size_t> done{static_cast<std::size_t>(taken_) * sample.size()};  // particle-steps
  const std::int64_t sweep = steps_of_sweep(sweep_, sample);
  goal_ = t;
  if (interval.count == 0) arrive(t, 0, 0);
  for (std::int64_t first = taken_; first < interval.count; first += sweep) {
    const std::int64_t end = std::min(first + sweep, interval.count);
    const Steps steps{time_, steps_done_, first, end, interval.size};
    const Losses lost = for_each_block(
        sample, [&](const Block& block, std::size_t worker) { return advance_block(block, steps, worker); },
        [&](std::size_t particles, std::size_t worker) {
          done += particles * static_cast<std::size_t>(end - first);
          if (tick && worker == 0) tick(static_cast<double>(done) / all);
        });
    if (end < interval.count)
      taken_ = end;
    else
      arrive(t, interval.count, interval.size);
    swept(of_all_processes(sample.processes(), lost));
  }
}

void Timeline::archive(parallel::Archive& archive) {
  archive("time", time_);
  archive("longest_step", longest_);
  archive("last_step", last_);
  archive("steps_done", steps_done_);
  archive("goal", goal_);
  archive("steps_taken", taken_);
}

}  // namespace fpk::sde
