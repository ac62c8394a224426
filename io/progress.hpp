// A line that says how far a run is: redrawn on a terminal, a line every few seconds elsewhere, nothing when quiet.
#pragma once

#include <chrono>
#include <string>

namespace fpk::io {

class Progress {
 public:
  enum class Style { terminal, lines, quiet };

  /// Style for standard error: terminal or lines; quiet where asked, or on a process that is not the first.
  static Style style(bool quiet);

  /// `unit` is what `total` counts, e.g. "t". Nothing is printed before a second has passed in style lines.
  Progress(std::string label, double total, Style style, std::string unit = "t");
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// Done so far; draws at most ten times a second. `detail` e.g. "density" or "312 M particle-steps/s".
  void update(double done, const std::string& detail = "");
  void finish();

 private:
  using Clock = std::chrono::steady_clock;
  std::string label_, unit_;
  double total_;
  Style style_;
  Clock::time_point start_, last_;
  bool finished_ = false;
};

}  // namespace fpk::io
