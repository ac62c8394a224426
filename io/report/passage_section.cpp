// First-passage times, committors and rates: the figures, the survival function, and the fields.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/report/field_picture.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {
namespace {

std::string row(const std::string& what, const std::string& value) {
  return fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", what, value);
}

std::string figures(const PassageRecord& p) {
  std::string rows = row("start", escaped(p.start));
  if (!p.source.empty()) rows += row("source", escaped(p.source));
  rows += row("target", p.target.empty() ? "the absorbing faces" : escaped(p.target));
  if (p.time.probability < 1 - 1e-12) rows += row("probability of passing", number(p.time.probability, 6));
  auto mean = number(p.time.mean, 7);
  if (p.time.mean_error) mean += fmt::format(", error of the grid about {}", number(*p.time.mean_error, 2));
  rows += row("mean passage time", mean);
  rows += row("its standard deviation", number(std::sqrt(p.time.variance), 7));
  if (p.exit) rows += row("mean time to any end", number(p.exit->mean, 7));
  if (p.quasi_stationary) rows += row("quasi-stationary rate", number(p.quasi_stationary->rate, 7));
  if (p.committor_at_start) rows += row("committor at the start", number(*p.committor_at_start, 7));
  if (p.reaction) {
    rows += row("reactive rate", number(p.reaction->rate, 7));
    rows += row("rate from source to target", number(p.reaction->rate_forward, 7));
    rows += row("rate from target to source", number(p.reaction->rate_backward, 7));
  }
  return "<div class=\"wide\"><table class=\"facts\">\n" + rows + "</table></div>\n";
}

std::string distribution(const PassageRecord& p) {
  const SurvivalRecord& s = p.survival;
  if (s.times.empty()) return "";
  std::vector<Curve> densities{{.look = Look::density, .x = s.times, .y = s.density}};
  std::vector<LegendEntry> entries{{{.look = Look::density}, "passing into the target"}};
  if (p.exit) {
    densities.push_back({.look = Look::exact, .x = s.times, .y = s.density_at_faces, .dashed = true});
    entries.push_back({{.look = Look::exact, .dashed = true}, "leaving through absorbing faces"});
  }
  return (p.exit ? legend(entries) : "") + "<div class=\"plots\">\n" +
         plot({.title = "Survival", .x_label = "t", .y_label = "P(not ended by t)", .y_logarithmic = true},
              {{.look = Look::density, .x = s.times, .y = s.survival}}) +
         plot({.title = "Density of the passage time",
               .x_label = "t",
               .y_label = "per time",
               .from_zero = true},
              densities) +
         "</div>\n";
}

}  // namespace

std::string passage_section(const Record& r) {
  if (!r.passage) return "";
  std::string body = figures(*r.passage) + distribution(*r.passage) + "<div class=\"plots\">\n";
  for (const auto& f : r.passage->pictures) body += field_picture(f, r.variables);
  return section("passage", "Passage", body + "</div>\n");
}

}  // namespace fpk::io::report
