// A line that says how far a run is: redrawn on a terminal, a line every few seconds elsewhere, nothing when
// quiet.
#pragma once

#include <chrono>
#include <string>

namespace fpk::io {

/// "density     42 %  t = 4.2 of 10  12 s, 17 s left  312 M particle-steps/s"
std::string progress_line(const std::string& label, double done, double total, const std::string& unit,
                          double seconds, const std::string& detail);

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
