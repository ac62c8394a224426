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

std::string figures(const PassageRecord& p) {
  std::string rows = fact("start", escaped(p.start));
  if (!p.source.empty()) rows += fact("source", escaped(p.source));
  rows += fact("target", p.target.empty() ? "the absorbing faces" : escaped(p.target));
  if (p.time.probability < 1 - 1e-12) rows += fact("probability of passing", number(p.time.probability, 6));
  auto mean = number(p.time.mean, 7);
  if (p.time.mean_error) mean += fmt::format(", error of the grid about {}", number(*p.time.mean_error, 2));
  rows += fact("mean passage time", mean);
  rows += fact("its standard deviation", number(std::sqrt(p.time.variance), 7));
  if (p.exit) rows += fact("mean time to any end", number(p.exit->mean, 7));
  if (p.quasi_stationary) rows += fact("quasi-stationary rate", number(p.quasi_stationary->rate, 7));
  if (p.committor_at_start) rows += fact("committor at the start", number(*p.committor_at_start, 7));
  if (p.reaction) {
    rows += fact("reactive rate", number(p.reaction->rate, 7));
    rows += fact("rate from source to target", number(p.reaction->rate_forward, 7));
    rows += fact("rate from target to source", number(p.reaction->rate_backward, 7));
  }
  return "<div class=\"wide\"><table class=\"facts\">\n" + rows + "</table></div>\n";
}

/// Of the particles: with a band of two standard errors (95 %), which ends where few are left.
Curve survival_of(const PassageParticlesRecord& p) {
  Curve c{.look = Look::particles, .interval = Interval::band};
  for (std::size_t k = 0; k < p.times.size(); ++k) {
    const double lower = p.survival[k] - 2 * p.survival_error[k];
    if (lower <= 0) break;  // the axis is logarithmic
    c.x.push_back(p.times[k]);
    c.y.push_back(p.survival[k]);
    c.lower.push_back(lower);
    c.upper.push_back(p.survival[k] + 2 * p.survival_error[k]);
  }
  return c;
}

std::string particles_table(const PassageParticlesRecord& p) {
  const auto estimate = [](const law::Estimate& e) {
    return fmt::format("{} ± {}", number(e.value, 6), number(e.standard_error, 2));
  };
  std::string rows =
      fact("particles", fmt::format("{}, {}, step {}", p.count, escaped(p.scheme), number(p.step, 4)));
  rows += fact("ends within a step", escaped(p.absorption));
  rows += fact("horizon H", number(p.horizon, 6));
  rows += fact("not ended by then", std::to_string(p.censored));
  rows += fact("mean of min(time, H)", estimate(p.restricted_mean));
  if (p.density_restricted_mean)
    rows += fact("the same of the density", number(*p.density_restricted_mean, 6));
  rows += fact("variance of min(time, H)", estimate(p.restricted_variance));
  rows += fact("share in the target", estimate(p.in_target));
  rows += fact("share at absorbing faces", estimate(p.at_faces));
  rows += fact("no longer finite", std::to_string(p.exploded));
  return "<div class=\"wide\"><table class=\"facts\">\n<caption>Particles</caption>\n" + rows +
         "</table></div>\n";
}

std::string survival_plot(const PassageRecord& p) {
  const SurvivalRecord& s = p.survival;
  std::vector<Curve> curves{{.look = Look::density, .x = s.times, .y = s.survival}};
  if (p.particles) curves.push_back(survival_of(*p.particles));
  return plot({.title = "Survival", .x_label = "t", .y_label = "P(not ended by t)", .y_logarithmic = true},
              curves);
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
  if (p.particles)
    entries.push_back({{.look = Look::particles, .interval = Interval::band},
                       "survival by particles, with two standard errors either way"});
  return (p.exit || p.particles ? legend(entries) : "") + "<div class=\"plots\">\n" + survival_plot(p) +
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
  std::string body = figures(*r.passage);
  if (r.passage->particles) body += particles_table(*r.passage->particles);
  body += distribution(*r.passage) + "<div class=\"plots\">\n";
  for (const auto& f : r.passage->pictures) body += field_picture(f, r.variables);
  return section("passage", "Passage", body + "</div>\n");
}

}  // namespace fpk::io::report
