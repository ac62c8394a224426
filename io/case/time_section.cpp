// [time]: the end, and the times at which both roads meet.
#include <fmt/format.h>

#include "io/case/sections.hpp"

namespace fpk::io::reader {
namespace {

constexpr std::int64_t most_observations = 100'000;

std::vector<double> equally_spaced(double end, std::int64_t count) {
  std::vector<double> times;
  for (std::int64_t k = 0; k < count; ++k)
    times.push_back(end * static_cast<double>(k) / static_cast<double>(count - 1));
  times.back() = end;
  return times;
}

/// As listed, with 0 and the end added where they lack.
std::vector<double> listed(Document& document, const toml::node& list, std::vector<double> times,
                           double end) {
  for (std::size_t k = 0; k < times.size(); ++k) {
    const Place at = document.place(*list.as_array()->get(k));
    if (times[k] > end) {
      document.complaints.add(at, fmt::format("time {} is after time.end = {}", times[k], end),
                              "raise time.end, or leave it out");
      return {};
    }
    if (k > 0 && times[k] <= times[k - 1]) {
      document.complaints.add(at, fmt::format("time {} does not come after {}", times[k], times[k - 1]),
                              "list the times in increasing order");
      return {};
    }
  }
  if (times.front() != 0) times.insert(times.begin(), 0.0);
  if (times.back() != end) times.push_back(end);
  return times;
}

}  // namespace

std::vector<double> read_times(Document& document) {
  const auto end = document.number_at("time.end");
  if (!end) return {};
  const toml::node* observe = document.find("time.observe");
  if (observe == nullptr) return equally_spaced(*end, preset_observations);
  if (observe->is_array()) return listed(document, *observe, document.numbers_at("time.observe"), *end);
  const std::int64_t count = *as_integer(*observe);
  if (count >= 2 && count <= most_observations) return equally_spaced(*end, count);
  document.complaints.add(
      document.place(*observe), fmt::format("time.observe cannot be {}", count),
      fmt::format("give a number of times from 2 to {}, or a list of times", most_observations));
  return {};
}

}  // namespace fpk::io::reader
