// SIGTERM and SIGINT as a request to stop at the next place where the state can be saved.
#pragma once

namespace fpk::app {

/// While one lives, the first such signal is remembered, and a second one ends the program as it would without. Signals that
/// were ignored before stay so. One at a time.
class StopSignal {
 public:
  StopSignal();
  ~StopSignal();
  StopSignal(const StopSignal&) = delete;
  StopSignal& operator=(const StopSignal&) = delete;

  /// Whether this process has been asked to stop.
  [[nodiscard]] static bool received();
};

}  // namespace fpk::app
