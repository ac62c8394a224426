// Survival, and what each absorbing face has taken.
#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "io/report/band.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

/// Of the density, and of the particles where there are any.
std::string over_time(const Record& r, const std::string& title, const std::vector<double>& values,
                      const Series* particles) {
  std::vector<Curve> curves{
      {.look = Look::density, .x = r.times, .y = values, .markers = particles == nullptr}};
  if (particles != nullptr) curves.push_back(with_band(r.times, *particles));
  return plot({.title = title, .x_label = "t", .y_label = "probability", .from_zero = true}, curves);
}

const Series* of_particles(const Record& r, const std::string& face) {
  if (!r.particles) return nullptr;
  for (const auto& [name, series] : r.particles->exits)
    if (name == face) return &series;
  return nullptr;
}

/// What is left: neither absorbed nor exploded.
std::optional<Series> survival_of_particles(const Record& r) {
  if (!r.particles || r.particles->exits.empty()) return std::nullopt;
  Series survival;
  const double N = static_cast<double>(r.particles->count);
  for (std::size_t k = 0; k < r.particles->escaped.size(); ++k) {
    const double lost = static_cast<double>(r.particles->escaped[k] + r.particles->exploded[k]);
    const double share = 1 - lost / N;
    survival.value.push_back(share);
    survival.standard_error.push_back(std::sqrt(share * (1 - share) / N));
  }
  return survival;
}

std::string particles_share(const Record& r, const std::string& face) {
  const Series* s = of_particles(r, face);
  return s == nullptr
             ? "–"
             : fmt::format("{} ± {}", number(s->value.back(), 4), number(s->standard_error.back(), 2));
}

std::string table_at_the_end(const Record& r) {
  const auto survival = survival_of_particles(r);
  auto html = fmt::format(
      "<div class=\"wide\"><table>\n<caption>At the last time, t = {}</caption>\n<thead><tr><th>face</th>"
      "<th class=\"n\">absorbed</th><th class=\"n\">flux</th><th class=\"n\">by "
      "particles</th></tr></thead>\n<tbody>\n",
      plain(r.times.back()));
  for (const auto& exit : r.density->exits)
    html += fmt::format(
        "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
        escaped(exit.name), number(exit.absorbed.back(), 6), number(exit.flux.back(), 4),
        particles_share(r, exit.name));
  html += fmt::format(
      "<tr><td>survival</td><td class=\"n\">{}</td><td class=\"n\">–</td><td class=\"n\">{}</td></tr>\n",
      number(r.density->mass.back(), 6),
      survival ? fmt::format("{} ± {}", number(survival->value.back(), 4),
                             number(survival->standard_error.back(), 2))
               : "–");
  return html + "</tbody></table></div>\n";
}

}  // namespace

std::string exits_section(const Record& r) {
  if (!r.density || r.density->exits.empty() || r.times.empty()) return "";
  const auto survival = survival_of_particles(r);
  std::string body =
      "<div class=\"plots\">\n" + over_time(r, "survival", r.density->mass, survival ? &*survival : nullptr);
  for (const auto& exit : r.density->exits)
    body += over_time(r, "absorbed at " + exit.name, exit.absorbed, of_particles(r, exit.name));
  return section("exits", "What the walls have absorbed", body + "</div>\n" + table_at_the_end(r));
}

}  // namespace fpk::io::report
