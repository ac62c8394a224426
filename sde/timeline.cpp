#include "sde/timeline.hpp"

#include <algorithm>
#include <atomic>
#include <stdexcept>
#include <string>

#include "sde/time_steps.hpp"

namespace fpk::sde {
namespace {

constexpr std::int64_t steps_in_cache = 256;

}  // namespace

Losses Timeline::advance(double t, const law::Sample& sample,
                         const std::function<Losses(const Block&, const Steps&, std::size_t)>& advance_block,
                         const std::function<void(double)>& tick) {
  if (!(t >= time_))
    throw std::invalid_argument("an ensemble at time " + std::to_string(time_) + " cannot go back to time " +
                                std::to_string(t));
  const TimeSteps interval = equal_steps(t - time_, step_);
  const double all = static_cast<double>(interval.count) * static_cast<double>(sample.size());
  std::atomic<std::size_t> done{0};  // particle-steps
  Losses lost;
  for (std::int64_t first = 0; first < interval.count; first += steps_in_cache) {
    const std::int64_t end = std::min(first + steps_in_cache, interval.count);
    const Steps steps{time_, steps_done_, first, end, interval.size};
    lost += for_each_block(
        sample, [&](const Block& block, std::size_t worker) { return advance_block(block, steps, worker); },
        [&](std::size_t particles, std::size_t worker) {
          done += particles * static_cast<std::size_t>(end - first);
          if (tick && worker == 0) tick(static_cast<double>(done) / all);
        });
  }
  steps_done_ += static_cast<std::uint64_t>(interval.count);
  time_ = t;
  if (interval.count > 0) last_ = interval.size;
  longest_ = std::max(longest_, interval.size);
  return of_all_processes(sample.processes(), lost);
}

}  // namespace fpk::sde
