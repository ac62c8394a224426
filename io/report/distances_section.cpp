// The laws' distances over time on a logarithmic axis, with the level that an equally large exact sample
// shows: below it, particles cannot tell two laws apart.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "io/report/figures_table.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

constexpr double rounding = 1e-13;    // distances below are rounding
constexpr double top_of_line = 1e12;  // over the value at which the line is anchored

Look look_of(const DistancePair& pair) {
  if (pair.name == "density_to_stationary") return Look::density;
  if (pair.name == "particles_to_stationary") return Look::particles;
  if (pair.name.starts_with("sgd_")) return Look::chains;
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

/// exp(-power gap t) through the last value of the density's distance that is no rounding.
std::optional<Curve> decay(const Record& r, const DistanceSeries& d) {
  if (!r.stationary || !r.stationary->gap || d.power == 0) return std::nullopt;
  std::size_t anchor = r.times.size();
  for (std::size_t k = 0; k < std::min(d.value.size(), r.times.size()); ++k)
    if (std::isfinite(d.value[k]) && d.value[k] > rounding) anchor = k;
  if (anchor == r.times.size()) return std::nullopt;
  Curve line{.look = Look::reference, .dashed = true};
  const double rate = d.power * *r.stationary->gap, most = top_of_line * d.value[anchor];
  for (const double t : r.times) {
    const double y = d.value[anchor] * std::exp(rate * (r.times[anchor] - t));
    if (y > most || y < rounding) continue;  // it would leave the picture
    line.x.push_back(t);
    line.y.push_back(y);
  }
  return line;
}

std::string distance_plot(const Record& r, const DistanceSeries& kind) {
  std::vector<Curve> curves;
  for (const auto& pair : r.distances)
    for (const auto& d : pair.distances) {
      if (d.name != kind.name) continue;
      const Look look = look_of(pair);
      if (!d.exact_sample.empty())
        curves.push_back({.look = look, .x = r.times, .y = d.exact_sample, .dashed = true});
      if (look == Look::density)
        if (auto line = decay(r, d)) curves.push_back(std::move(*line));
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
  const bool to_stationary = std::any_of(r.distances.begin(), r.distances.end(),
                                         [](const auto& pair) { return look_of(pair) == Look::density; });
  if (to_stationary && r.stationary && r.stationary->gap)
    entries.push_back({{.look = Look::reference, .dashed = true},
                       "spectral gap: exp(−gap t); exp(−2 gap t) for relative entropy and chi-squared"});
  return legend(entries);
}

/// Whether d(p, q) <= d(p, r) + d(r, q): not of what is of second order in a difference, relative entropy and chi-squared.
bool is_metric(const DistanceSeries& d) { return d.power != 2; }

bool has_last(const DistanceSeries& d) { return !d.value.empty() && !d.exact_sample.empty(); }

/// Of a sample S of the scheme's law, |d(S, law) - d(S, scheme's)| <= d(scheme's, law) <= d(S, law) + d(S, scheme's); an
/// exact sample as large is as far from its own law as S is from the scheme's.
std::string of_the_scheme(const DistanceSeries& d) {
  if (!is_metric(d)) return "–";
  const double seen = d.value.back(), chance = d.exact_sample.back();
  return fmt::format("{} to {}", number(std::abs(seen - chance)), number(seen + chance));
}

std::string table_at_the_end(const Record& r) {
  std::vector<std::vector<std::string>> rows;
  for (const auto& pair : r.distances)
    for (const auto& d : pair.distances)
      if (has_last(d))
        rows.push_back({escaped(pair.label + ": " + (d.label.empty() ? d.name : d.label)),
                        number(d.value.back()), number(d.exact_sample.back()), of_the_scheme(d)});
  return figures_table({"at the last time", "distance", "of an exact sample", "of the scheme's own law"},
                       rows);
}

/// What a distance of the particles is made of.
std::string particles_in_words(const Record& r) {
  if (!r.particles || std::ranges::none_of(r.distances, [](const auto& pair) {
        return std::ranges::any_of(pair.distances, has_last);
      }))
    return "";
  return fmt::format(
             "<p>A distance of the particles has a part of chance, which an equally large exact sample shows "
             "too "
             "(dashed) and more particles lessen, and a part of the step {}, the bias of {}, which they do "
             "not: a "
             "smaller particles.step does. To the density, what chance leaves is that bias and the error of "
             "the "
             "cells; to the stationary law also what has not decayed yet. How far the scheme's own law is "
             "away, "
             "without chance, lies between the difference and the sum of the distance and that of the exact "
             "sample (triangle inequality; up to the chance of the two).</p>\n",
             plain(r.particles->step), escaped(r.particles->scheme)) +
         table_at_the_end(r);
}

}  // namespace

std::string distances_section(const Record& r) {
  const auto all = kinds(r);
  if (all.empty()) return "";
  std::string body = distances_legend(r) + "<div class=\"plots\">\n";
  for (const auto* kind : all) body += distance_plot(r, *kind);
  return section("distances", "Distances between the laws", body + "</div>\n" + particles_in_words(r));
}

}  // namespace fpk::io::report
