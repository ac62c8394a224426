// From one observation time to the next in equal steps, with the steps numbered from time 0 on.
//
// A block takes many steps while it is in the cache, before the next block: a sweep over the particles in
// memory then costs nothing beside the steps. Not all steps, so that progress can be told and the state be saved:
//
//     time_ |---- sweep ----|---- sweep ----|-- sweep --| t        a checkpoint may be made at each |
//           0              taken_                      count       and steps are numbered on as if there were none
#pragma once

#include <cstdint>
#include <functional>

#include "parallel/archive.hpp"
#include "sde/sample_blocks.hpp"

namespace fpk::sde {

/// Consecutive steps of one size that begin at time `origin` + first * dt.
struct Steps {
  double origin;           ///< when the interval began
  std::uint64_t numbered;  ///< number, since time 0, of the interval's first step
  std::int64_t first, end;
  double dt;

  [[nodiscard]] double time(std::int64_t j) const { return origin + static_cast<double>(j) * dt; }
  [[nodiscard]] std::uint64_t number(std::int64_t j) const {
    return numbered + static_cast<std::uint64_t>(j);
  }
};

class Timeline {
 public:
  Timeline(double step, std::int64_t sweep) : step_(step), sweep_(sweep) {}

  [[nodiscard]] double time() const { return time_; }
  /// Longest step taken so far; before the first, the longest allowed.
  [[nodiscard]] double longest_step() const { return longest_ > 0 ? longest_ : step_; }

  /// Length of the steps taken last; 0 before the first.
  [[nodiscard]] double last_step() const { return last_; }
  [[nodiscard]] std::uint64_t steps_done() const { return steps_done_; }

  /// Calls advance_block(block, steps, worker) until every block has taken the steps to time `t`. After each sweep
  /// swept(all that it returned, on all processes) is called on every process, when the sample and this timeline can be
  /// archived. `tick` is called now and then with the share done so far, from one thread. Throws std::invalid_argument
  /// for a time before time(), or another than one that was on the way when the state was saved. Collective.
  void advance(double t, const law::Sample& sample,
               const std::function<Losses(const Block&, const Steps&, std::size_t)>& advance_block,
               const std::function<void(const Losses&)>& swept, const std::function<void(double)>& tick);

  void archive(parallel::Archive& archive);

 private:
  void check(double t) const;
  void arrive(double t, std::int64_t steps, double dt);

  double step_;
  std::int64_t sweep_;
  double time_ = 0, longest_ = 0, last_ = 0;
  std::uint64_t steps_done_ = 0;
  double goal_ = 0;         ///< of the interval on the way
  std::int64_t taken_ = 0;  ///< steps of it; 0 where none is on the way
};

}  // namespace fpk::sde
