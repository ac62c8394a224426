// The laws at some of the observation times: curves on a line, colours on a plane, and the marginals of each
// variable.
#include <fmt/format.h>

#include <algorithm>

#include "io/report/heat_map.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/sections.hpp"

namespace fpk::io::report {

namespace {

constexpr std::size_t most_points = 360;  // of a curve: the plot has about as many pixels
constexpr std::size_t most_bins = 64;     // of a histogram: finer, it shows mostly noise
constexpr std::size_t most_times = 3;     // of the marginals: early, midway, last
constexpr double panel_width = 340;

struct Averages {
  std::vector<double> edges, values;
};

/// Neighbouring cells joined until at most `most` are left; averages weighted by width.
Averages joined(const std::vector<double>& edges, const std::vector<double>& values, std::size_t most) {
  Averages out;
  if (edges.size() != values.size() + 1) return out;
  const std::size_t each = (values.size() + most - 1) / most;
  for (std::size_t i = 0; i < values.size(); i += each) {
    const std::size_t end = std::min(i + each, values.size());
    double mass = 0;
    for (std::size_t k = i; k < end; ++k) mass += values[k] * (edges[k + 1] - edges[k]);
    out.edges.push_back(edges[i]);
    out.values.push_back(mass / (edges[end] - edges[i]));
  }
  if (!values.empty()) out.edges.push_back(edges.back());
  return out;
}

std::vector<double> centers(const std::vector<double>& edges) {
  std::vector<double> x;
  for (std::size_t i = 0; i + 1 < edges.size(); ++i) x.push_back(0.5 * (edges[i] + edges[i + 1]));
  return x;
}

Curve smooth_curve(Look look, const std::vector<double>& edges, const std::vector<double>& values,
                   bool dashed) {
  const auto few = joined(edges, values, most_points);
  return {.look = look, .x = centers(few.edges), .y = few.values, .dashed = dashed};
}

std::string variable(const Record& r, std::size_t a) {
  return a < r.variables.size() ? r.variables[a] : fmt::format("axis {}", a + 1);
}

std::string at_time(double t) { return "t = " + plain(t); }

/// The marginal law of variable `a` at one time: density, histogram, stationary law.
std::string marginal_plot(const Record& r, const Snapshot& s, std::size_t a) {
  const auto& edges = r.pictures.axis_edges[a];
  std::vector<Curve> curves;
  if (a < s.particles_marginals.size() && !s.particles_marginals[a].empty()) {
    auto bins = joined(edges, s.particles_marginals[a], most_bins);
    curves.push_back({.look = Look::particles, .x = bins.edges, .y = bins.values, .steps = true});
  }
  if (a < r.pictures.stationary_marginals.size() && !r.pictures.stationary_marginals[a].empty())
    curves.push_back(smooth_curve(Look::stationary, edges, r.pictures.stationary_marginals[a], true));
  if (a < s.density_marginals.size() && !s.density_marginals[a].empty())
    curves.push_back(smooth_curve(Look::density, edges, s.density_marginals[a], false));
  return plot({.title = at_time(s.time),
               .x_label = variable(r, a),
               .y_label = "density",
               .width = panel_width,
               .height = 230,
               .from_zero = true,
               .x_range = {edges.front(), edges.back()}},
              curves);
}

std::string marginals_legend(const Record& r) {
  std::vector<LegendEntry> entries;
  const auto any = [&](auto member) {
    return std::any_of(r.pictures.snapshots.begin(), r.pictures.snapshots.end(),
                       [&](const Snapshot& s) { return !(s.*member).empty(); });
  };
  if (any(&Snapshot::density_marginals))
    entries.push_back({{.look = Look::density}, "density, finite volumes"});
  if (any(&Snapshot::particles_marginals))
    entries.push_back({{.look = Look::particles, .steps = true}, "histogram of the particles"});
  if (!r.pictures.stationary_marginals.empty())
    entries.push_back({{.look = Look::stationary, .dashed = true}, "stationary law"});
  return legend(entries);
}

/// At most `most` of n snapshots, evenly spread, the last among them.
std::vector<std::size_t> spread(std::size_t n, std::size_t most) {
  if (n <= most) most = n;
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < most; ++k) chosen.push_back(most == 1 ? n - 1 : (n - 1) * k / (most - 1));
  return chosen;
}

std::string line_panels(const Record& r) {
  std::string html = marginals_legend(r) + "<div class=\"panels\">\n";
  for (const auto& s : r.pictures.snapshots) html += marginal_plot(r, s, 0);
  return html + "</div>\n";
}

/// The brightest colour: the sharpest snapshot would leave the others dark, so it may not exceed thrice the
/// last.
double top_of_colours(const Pictures& p, double greatest) {
  const double last =
      std::max(greatest_density(p.snapshots.back().density_plane), greatest_density(p.stationary_plane));
  return last > 0 ? std::min(greatest, 1.2 * last) : greatest;
}

/// The plane of a snapshot; where there is no density, the empty box between the edges of the axes.
law::PlaneMarginal plane_of(const Pictures& p, const Snapshot& s) {
  return s.density_plane.edges_a.empty() ? law::PlaneMarginal{p.axis_edges[0], p.axis_edges[1], {}}
                                         : s.density_plane;
}

/// Which plane is shown of more variables.
std::string integrated_over(const Record& r) {
  std::string others;
  for (std::size_t a = 2; a < r.pictures.axis_edges.size(); ++a)
    others.append(others.empty() ? "" : ", ").append(escaped(variable(r, a)));
  return fmt::format("<p>The density of {} and {}, integrated over {}.</p>\n", escaped(variable(r, 0)),
                     escaped(variable(r, 1)), others);
}

std::string plane_panels(const Record& r) {
  const auto& p = r.pictures;
  double greatest = greatest_density(p.stationary_plane);
  for (const auto& s : p.snapshots) greatest = std::max(greatest, greatest_density(s.density_plane));
  const double top = top_of_colours(p, greatest);
  const auto panel = [&](const std::string& title, const law::PlaneMarginal& plane, const auto& particles) {
    return heat_map(
        {.title = title, .x_label = variable(r, 0), .y_label = variable(r, 1), .width = panel_width}, plane,
        top, particles);
  };
  std::string html;
  if (p.axis_edges.size() > 2) html += integrated_over(r);
  html += colour_bar(top, top < 0.999 * greatest) + "<div class=\"panels\">\n";
  for (const auto& s : p.snapshots) html += panel(at_time(s.time), plane_of(p, s), s.particles);
  if (!p.stationary_plane.masses.empty())
    html += panel("stationary law", p.stationary_plane, std::vector<std::array<double, 3>>{});
  const bool dots =
      std::any_of(p.snapshots.begin(), p.snapshots.end(), [](const auto& s) { return !s.particles.empty(); });
  return html + "</div>\n" + (dots ? "<p class=\"aside\">Dots: some of the particles.</p>\n" : "");
}

std::string marginal_panels(const Record& r) {
  std::string html = "<h3>Marginals</h3>\n" + marginals_legend(r);
  for (std::size_t a = 0; a < r.pictures.axis_edges.size(); ++a) {
    html += "<div class=\"panels\">\n";
    for (const std::size_t k : spread(r.pictures.snapshots.size(), most_times))
      html += marginal_plot(r, r.pictures.snapshots[k], a);
    html += "</div>\n";
  }
  return html;
}

}  // namespace

std::string density_section(const Record& r) {
  const auto& p = r.pictures;
  if (p.snapshots.empty() || p.axis_edges.empty()) return "";
  const auto body = p.axis_edges.size() == 1 ? line_panels(r) : plane_panels(r) + marginal_panels(r);
  return section("density", "The law over time", body);
}

}  // namespace fpk::io::report
