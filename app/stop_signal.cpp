#include "app/stop_signal.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <string_view>

namespace fpk::app {
namespace {

volatile std::sig_atomic_t asked = 0;

constexpr std::string_view words =
    "fpk: saving the state at the next place where it is whole; again to stop at once\n";

void remember(int /*signal*/) {
  asked = 1;
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, words.data(), words.size());
}

constexpr std::array signals = {SIGTERM, SIGINT};
std::array<struct sigaction, signals.size()> before;

}  // namespace

StopSignal::StopSignal() {
  asked = 0;
  struct sigaction action {};
  action.sa_handler = remember;
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  for (std::size_t k = 0; k < signals.size(); ++k) {
    ::sigaction(signals[k], nullptr, &before[k]);
    if (before[k].sa_handler != SIG_IGN) ::sigaction(signals[k], &action, nullptr);
  }
}

StopSignal::~StopSignal() {
  for (std::size_t k = 0; k < signals.size(); ++k) ::sigaction(signals[k], &before[k], nullptr);
}

bool StopSignal::received() { return asked != 0; }

}  // namespace fpk::app
