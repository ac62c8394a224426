#include "io/report/sweep_plots.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>

#include "io/report/plot.hpp"

namespace fpk::io::report {
namespace {

/// A y axis is logarithmic where positive values span more than this, an x axis where the ratios of its values are more alike
/// than their differences.
constexpr double span_of_a_logarithm = 30;

/// Curves that can be told apart.
constexpr std::array looks = {Look::density, Look::particles, Look::chains,
                              Look::exact,   Look::between,   Look::stationary};

double number_in(const std::string& text) {
  double x = 0;
  const auto end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, x);
  return error == std::errc() && stop == end ? x : std::nan("");
}

bool is_plotted(const std::vector<std::string>& values) {
  const bool numbers = std::ranges::none_of(values, [](const auto& v) { return std::isnan(number_in(v)); });
  return numbers &&
         std::ranges::any_of(values, [&](const auto& v) { return number_in(v) != number_in(values[0]); });
}

/// Of the keys whose values are all numbers, two of them different, the first with the most; the number of keys where there is none.
std::size_t plotted_key(const SweepRecord& record) {
  std::size_t best = record.keys.size(), most = 0;
  for (std::size_t k = 0; k < record.keys.size(); ++k) {
    const auto& values = record.keys[k].values;
    if (values.size() > most && is_plotted(values)) best = k, most = values.size();
  }
  return best;
}

/// Largest over smallest of the gaps between neighbours, infinite where two are equal.
double unevenness(std::vector<double> values) {
  std::ranges::sort(values);
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (std::size_t k = 1; k < values.size(); ++k) {
    least = std::min(least, values[k] - values[k - 1]);
    most = std::max(most, values[k] - values[k - 1]);
  }
  return most / least;
}

bool is_geometric(const std::vector<std::string>& texts) {
  std::vector<double> values, logarithms;
  for (const auto& t : texts) {
    values.push_back(number_in(t));
    if (!(values.back() > 0)) return false;
    logarithms.push_back(std::log(values.back()));
  }
  if (values.size() == 2) return std::max(values[0], values[1]) > 10 * std::min(values[0], values[1]);
  return unevenness(logarithms) < unevenness(values);
}

bool spans_decades(const std::vector<Curve>& curves) {
  double least = std::numeric_limits<double>::infinity(), most = 0;
  for (const auto& c : curves)
    for (const double y : c.y) {
      if (std::isnan(y)) continue;
      if (!(y > 0)) return false;
      least = std::min(least, y);
      most = std::max(most, y);
    }
  return most > span_of_a_logarithm * least;
}

/// "density.observables.right" as the road "density" and the quantity "right"; other paths are quantities alone.
struct Quantity {
  std::string road, name;
};
Quantity quantity_of(const std::string& path) {
  const std::string word = ".observables.";
  const auto at = path.find(word);
  return at == std::string::npos ? Quantity{"", path}
                                 : Quantity{path.substr(0, at), path.substr(at + word.size())};
}

Look look_of(const std::string& road) {
  static const std::map<std::string, Look> known = {{"particles", Look::particles},
                                                    {"sgd", Look::chains},
                                                    {"exact", Look::exact},
                                                    {"stationary", Look::stationary}};
  const auto found = known.find(road);
  return found == known.end() ? Look::density : found->second;
}

/// `path` against key number `key`, of the runs that have `others` as values of the other keys; bars of two errors.
Curve curve_of(const SweepRecord& record, const std::string& path, std::size_t key,
               const std::vector<std::string>& others, Look look) {
  Curve c{.look = look, .interval = Interval::bars, .markers = true, .dashed = look == Look::exact};
  std::vector<std::array<double, 3>> points;
  for (const auto& run : record.runs) {
    auto rest = run.values;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(key));
    const auto* r = find_result(run, path);
    if (r != nullptr && rest == others)
      points.push_back({number_in(run.values[key]), r->value, 2 * r->error.value_or(0)});
  }
  std::ranges::sort(points);
  for (const auto& [x, y, reach] : points) {
    c.x.push_back(x);
    c.y.push_back(y);
    c.lower.push_back(y - reach);
    c.upper.push_back(y + reach);
  }
  return c;
}

std::string figure_of(const SweepRecord& record, std::size_t key, const std::string& title,
                      const std::vector<Curve>& curves) {
  return plot({.title = title,
               .x_label = record.keys[key].key,
               .y_label = "",
               .x_logarithmic = is_geometric(record.keys[key].values),
               .y_logarithmic = spans_decades(curves)},
              curves);
}

std::string one_key(const SweepRecord& record, std::size_t key) {
  std::vector<std::string> names, roads;
  std::map<std::string, std::vector<Curve>> curves;
  for (const auto& path : result_paths(record)) {
    const auto q = quantity_of(path);
    if (!curves.contains(q.name)) names.push_back(q.name);
    if (!q.road.empty() && std::ranges::count(roads, q.road) == 0) roads.push_back(q.road);
    curves[q.name].push_back(curve_of(record, path, key, {}, look_of(q.road)));
  }
  std::vector<LegendEntry> entries;
  for (const auto& road : roads)
    entries.push_back({{.look = look_of(road), .markers = true, .dashed = road == "exact"}, road});
  std::string html = (entries.empty() ? "" : legend(entries)) + "<div class=\"plots\">\n";
  for (const auto& name : names) html += figure_of(record, key, name, curves[name]);
  return html + "</div>\n";
}

/// The combinations of the other keys' values, in the order of the runs.
std::vector<std::vector<std::string>> combinations(const SweepRecord& record, std::size_t key) {
  std::vector<std::vector<std::string>> all;
  for (const auto& run : record.runs) {
    auto rest = run.values;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(key));
    if (std::ranges::count(all, rest) == 0) all.push_back(std::move(rest));
  }
  return all;
}

std::string several_keys(const SweepRecord& record, std::size_t key) {
  auto all = combinations(record, key);
  const auto count = all.size();
  all.resize(std::min(count, looks.size()));
  std::vector<LegendEntry> entries;
  for (std::size_t k = 0; k < all.size(); ++k) {
    std::vector<std::string> words;
    for (std::size_t other = 0, i = 0; other < record.keys.size(); ++other)
      if (other != key) words.push_back(record.keys[other].key + " = " + all[k][i++]);
    entries.push_back({{.look = looks[k], .markers = true}, fmt::format("{}", fmt::join(words, ", "))});
  }
  std::string html = legend(entries);
  if (count > all.size())
    html += fmt::format("<p class=\"aside\">The first {} of {} curves; the table has them all.</p>\n",
                        all.size(), count);
  html += "<div class=\"plots\">\n";
  for (const auto& path : result_paths(record)) {
    std::vector<Curve> curves;
    for (std::size_t k = 0; k < all.size(); ++k)
      curves.push_back(curve_of(record, path, key, all[k], looks[k]));
    html += figure_of(record, key, column_name(path), curves);
  }
  return html + "</div>\n";
}

}  // namespace

std::string sweep_plots(const SweepRecord& record) {
  const auto key = plotted_key(record);
  if (key == record.keys.size() || result_paths(record).empty()) return "";
  return record.keys.size() == 1 ? one_key(record, key) : several_keys(record, key);
}

}  // namespace fpk::io::report
