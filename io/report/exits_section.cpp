// Survival, and what each absorbing face has taken.
#include <fmt/format.h>

#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

std::string over_time(const Record& r, const std::string& title, const std::vector<double>& values) {
  return plot({.title = title, .x_label = "t", .y_label = "probability", .from_zero = true},
              {{.look = Look::density, .x = r.times, .y = values, .markers = true}});
}

std::string table_at_the_end(const Record& r) {
  auto html = fmt::format(
      "<div class=\"wide\"><table>\n<caption>At the last time, t = {}</caption>\n<thead><tr><th>face</th>"
      "<th class=\"n\">absorbed</th><th class=\"n\">flux</th></tr></thead>\n<tbody>\n",
      plain(r.times.back()));
  for (const auto& exit : r.density->exits)
    html += fmt::format("<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
                        escaped(exit.name), number(exit.absorbed.back(), 6), number(exit.flux.back(), 4));
  html += fmt::format("<tr><td>survival</td><td class=\"n\">{}</td><td class=\"n\">–</td></tr>\n",
                      number(r.density->mass.back(), 6));
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string exits_section(const Record& r) {
  if (!r.density || r.density->exits.empty() || r.times.empty()) return "";
  std::string body = "<div class=\"plots\">\n" + over_time(r, "survival", r.density->mass);
  for (const auto& exit : r.density->exits) body += over_time(r, "absorbed at " + exit.name, exit.absorbed);
  return section("exits", "What the walls have absorbed", body + "</div>\n" + table_at_the_end(r));
}

}  // namespace fpk::io::report
