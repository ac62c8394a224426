// The laws' distances over time on a logarithmic axis, with the level that an equally large exact sample
// shows: below it, particles cannot tell two laws apart.
#include <algorithm>

#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

Look look_of(const DistancePair& pair) {
  if (pair.name == "density_to_stationary") return Look::density;
  if (pair.name == "particles_to_stationary") return Look::particles;
  return Look::between;
}

/// Each distance once, in the order in which it is first met.
std::vector<const DistanceSeries*> kinds(const Record& r) {
  std::vector<const DistanceSeries*> all;
  for (const auto& pair : r.distances)
    for (const auto& d : pair.distances)
      if (std::none_of(all.begin(), all.end(), [&](const auto* other) { return other->name == d.name; }))
        all.push_back(&d);
  return all;
}

std::string distance_plot(const Record& r, const DistanceSeries& kind) {
  std::vector<Curve> curves;
  for (const auto& pair : r.distances)
    for (const auto& d : pair.distances) {
      if (d.name != kind.name) continue;
      const Look look = look_of(pair);
      if (!d.exact_sample.empty())
        curves.push_back({.look = look, .x = r.times, .y = d.exact_sample, .dashed = true});
      curves.push_back({.look = look, .x = r.times, .y = d.value, .markers = true});
    }
  return plot({.title = kind.label.empty() ? kind.name : kind.label,
               .x_label = "t",
               .y_label = "distance",
               .y_logarithmic = true},
              curves);
}

std::string distances_legend(const Record& r) {
  std::vector<LegendEntry> entries;
  for (const auto& pair : r.distances) {
    const auto text = pair.label.empty() ? pair.name : pair.label;
    entries.push_back({{.look = look_of(pair), .markers = true}, text});
    if (std::any_of(pair.distances.begin(), pair.distances.end(),
                    [](const auto& d) { return !d.exact_sample.empty(); }))
      entries.push_back(
          {{.look = look_of(pair), .dashed = true}, "the same of an equally large exact sample"});
  }
  return legend(entries);
}

}  // namespace

std::string distances_section(const Record& r) {
  const auto all = kinds(r);
  if (all.empty()) return "";
  std::string body = distances_legend(r) + "<div class=\"plots\">\n";
  for (const auto* kind : all) body += distance_plot(r, *kind);
  return section("distances", "Distances between the laws", body + "</div>\n");
}

}  // namespace fpk::io::report
