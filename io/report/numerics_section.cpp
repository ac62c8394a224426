#include <fmt/format.h>

#include <algorithm>

#include "io/report/html.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

std::string table(const std::string& caption, const std::string& rows) {
  return "<div class=\"wide\"><table class=\"facts\">\n<caption>" + caption + "</caption>\n" + rows +
         "</table></div>\n";
}

/// Narrowest to widest, along each axis that is graded.
std::string widths(const DensityRecord& d) {
  std::string text;
  for (const auto& [narrowest, widest] : d.widths)
    text += (text.empty() ? "" : " × ") + (widest < 1.000001 * narrowest
                                               ? plain(widest)
                                               : fmt::format("{} to {}", plain(narrowest), plain(widest)));
  return text;
}

std::string density_table(const DensityRecord& d) {
  std::string rows = fact("cells", fmt::format("{}", fmt::join(d.cells, " × ")));
  rows += fact("widths of cells", widths(d));
  rows += fact("face weights", escaped(d.flux));
  rows += fact("propagator", escaped(d.propagator) + (d.choice.empty() ? "" : "<br>" + escaped(d.choice)));
  rows += fact("tolerance", number(d.tolerance));
  rows += fact("applications", count(d.applications));
  if (!d.mass.empty()) rows += fact("mass at the end", fmt::format("{:.15g}", d.mass.back()));
  if (!d.minimum.empty())
    rows += fact("least cell average", number(*std::min_element(d.minimum.begin(), d.minimum.end())));
  if (d.extrapolated) {
    const auto& e = *d.extrapolated;
    rows += fact("extrapolated with", fmt::format("{} cells", fmt::join(e.cells, " × ")));
    rows += fact("its L1 error, estimated", number(*std::max_element(e.l1_error.begin(), e.l1_error.end())));
    const double least = *std::min_element(e.minimum.begin(), e.minimum.end());
    rows += fact("its least cell average", number(least) + (least < -1e-14 ? ", below zero" : ""));
  }
  return table("Density", rows + fact("time taken", duration(d.seconds)));
}

std::string particles_table(const ParticlesRecord& p) {
  std::string rows = fact("particles", count(p.count));
  rows += fact("scheme", escaped(p.scheme));
  rows += fact("noise", escaped(p.noise));
  rows += fact("step", plain(p.step));
  rows += fact("seed", std::to_string(p.seed));
  rows += fact("absorption", escaped(p.absorption));
  if (!p.escaped.empty()) rows += fact("absorbed", count(p.escaped.back()));
  if (!p.exploded.empty()) rows += fact("no longer finite", count(p.exploded.back()));
  return table("Particles", rows + fact("time taken", duration(p.seconds)));
}

std::string stationary_production(const StationaryRecord& s) {
  return s.entropy_production ? number(*s.entropy_production, 6) + " per time" : "";
}

std::string gap(const StationaryRecord& s) {
  return s.gap
             ? number(*s.gap, 6) + ", slowest time " + number(1 / *s.gap, 6) + "<br>" + escaped(s.gap_remark)
             : escaped(s.gap_remark);
}

}  // namespace

std::string numerics_section(const Record& r) {
  std::string tables;
  if (r.density) tables += density_table(*r.density);
  if (r.particles) tables += particles_table(*r.particles);
  if (r.stationary)
    tables += table("Stationary law", fact("known from", escaped(r.stationary->source)) +
                                          fact("remark", escaped(r.stationary->remark)) +
                                          fact("entropy production", stationary_production(*r.stationary)) +
                                          fact("spectral gap", gap(*r.stationary)));
  return section("numerics", "Numerics",
                 tables.empty() ? "" : "<div class=\"plots\">\n" + tables + "</div>\n");
}

}  // namespace fpk::io::report
