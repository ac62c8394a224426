// When a run saves its state, and where (docs/checkpoint.md).
#pragma once

#include <chrono>
#include <exception>
#include <filesystem>
#include <memory>

#include "app/stop_signal.hpp"
#include "io/checkpoint.hpp"

namespace fpk::app {

/// A run was asked to stop, and has saved its state. Thrown on every process.
class Interrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "stopped; --resume goes on from here"; }
};

class Checkpoints {
 public:
  /// In `folder`, every `seconds`; 0: at each observation time. `fingerprint` is that of the case. A checkpoint that is
  /// there already is read where it is to be `resumed` from, and removed elsewhere. Throws io::CheckpointError where it is
  /// refused. Collective.
  Checkpoints(const std::filesystem::path& folder, double seconds, std::uint64_t fingerprint, bool resume,
              const parallel::Communicator& processes);

  /// Whether there is a state to go on from.
  [[nodiscard]] bool found() const { return found_ != nullptr; }
  /// Restores it. Collective.
  void restore(const io::State& state);

  enum class Place { on_the_way, observation };
  /// Saves the state where it is time to, or a signal has asked to stop: then throws Interrupted. Collective.
  void pause(const io::State& state, Place place);

  /// The run has left its results: there is nothing to go on from. Collective.
  void remove() const;

 private:
  using Clock = std::chrono::steady_clock;
  [[nodiscard]] bool is_due(Place place) const;

  std::filesystem::path file_;
  double seconds_;
  std::uint64_t fingerprint_;
  parallel::Communicator processes_;
  std::unique_ptr<io::Checkpoint> found_;
  Clock::time_point last_ = Clock::now();
  StopSignal signal_;
};

}  // namespace fpk::app
