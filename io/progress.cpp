#include "io/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "parallel/communicator.hpp"

namespace fpk::io {

using namespace std::chrono_literals;

namespace {

constexpr auto redraw_every = 100ms;  // a terminal: quicker cannot be read
constexpr auto line_every = 5s;       // a log: often enough to see that it lives
constexpr auto first_line = 1s;

/// 0.4 s, 12 s, 3 min 20 s, 2 h 05 min
std::string duration_text(double seconds) {
  if (seconds < 10) return fmt::format("{:.1f} s", seconds);
  const auto s = static_cast<long>(std::lround(seconds));
  if (s < 120) return fmt::format("{} s", s);
  if (s < 7200) return fmt::format("{} min {:02} s", s / 60, s % 60);
  return fmt::format("{} h {:02} min", s / 3600, s % 3600 / 60);
}

}  // namespace

std::string progress_line(const std::string& label, double done, double total, const std::string& unit,
                          double seconds, const std::string& detail) {
  const double share = total > 0 ? std::min(std::max(done / total, 0.0), 1.0) : 1.0;
  auto line = fmt::format("{:<10} {:3.0f} %  {} = {:.4g} of {:.4g}  {}", label, 100 * share, unit, done,
                          total, duration_text(seconds));
  if (share > 0 && share < 1) line += ", " + duration_text(seconds * (1 - share) / share) + " left";
  return detail.empty() ? line : line + "  " + detail;
}

Progress::Style Progress::style(bool quiet) {
  if (quiet || !parallel::Communicator::world().is_root()) return Style::quiet;
  return ::isatty(STDERR_FILENO) != 0 ? Style::terminal : Style::lines;
}

Progress::Progress(std::string label, double total, Style style, std::string unit)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(total),
      style_(style),
      start_(Clock::now()),
      last_(style == Style::lines ? start_ + first_line - line_every : start_ - redraw_every) {}

Progress::~Progress() {
  // Left by an exception: end the line as it stands, so that the message starts on its own.
  if (!finished_ && style_ == Style::terminal && last_ >= start_) std::fputs("\n", stderr);
}

void Progress::update(double done, const std::string& detail) {
  const auto now = Clock::now();
  if (style_ == Style::quiet || finished_) return;
  if (now - last_ < (style_ == Style::lines ? Clock::duration(line_every) : Clock::duration(redraw_every)))
    return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const auto line = progress_line(label_, done, total_, unit_, seconds, detail);
  // ESC [K erases what a longer line left behind.
  std::fputs((style_ == Style::terminal ? "\r" + line + "\x1b[K" : line + "\n").c_str(), stderr);
  std::fflush(stderr);
}

void Progress::finish() {
  if (finished_) return;
  if (last_ >= start_ && style_ != Style::quiet) {  // something was drawn: leave its last word
    last_ = start_ - line_every - redraw_every;
    update(total_);
    if (style_ == Style::terminal) std::fputs("\n", stderr);
  }
  finished_ = true;
}

}  // namespace fpk::io
