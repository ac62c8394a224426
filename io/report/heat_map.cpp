#include "io/report/heat_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/report/html.hpp"
#include "io/report/png.hpp"

namespace fpk::io::report {

namespace {

constexpr std::size_t colours = 255;      // of the palette; index 255 is "no number"
constexpr std::size_t most_dots = 250;    // more would hide the density under them
constexpr std::size_t most_pixels = 192;  // a side, for graded axes

const std::vector<Colour>& palette() {
  static const std::vector<Colour> all = [] {
    std::vector<Colour> p;
    for (std::size_t i = 0; i < colours; ++i)
      p.push_back(viridis(static_cast<double>(i) / static_cast<double>(colours - 1)));
    return p;
  }();
  return all;
}

std::uint8_t colour_index(double density, double top) {
  if (!std::isfinite(density)) return colours;
  const double share = top > 0 ? std::clamp(density / top, 0.0, 1.0) : 0.0;
  return static_cast<std::uint8_t>(std::lround(share * (colours - 1)));
}

double cell_average(const law::PlaneMarginal& p, std::size_t i, std::size_t j) {
  const double area = (p.edges_a[i + 1] - p.edges_a[i]) * (p.edges_b[j + 1] - p.edges_b[j]);
  return p.masses[i + (p.edges_a.size() - 1) * j] / area;
}

bool has_masses(const law::PlaneMarginal& p) {
  return p.edges_a.size() > 1 && p.edges_b.size() > 1 &&
         p.masses.size() == (p.edges_a.size() - 1) * (p.edges_b.size() - 1);
}

/// The cell under each pixel of an axis: one pixel a cell where the cells are equal, more where they are
/// graded.
std::vector<std::size_t> cell_under_pixel(const std::vector<double>& edges) {
  const std::size_t n = edges.size() - 1;
  const double mean = (edges.back() - edges.front()) / static_cast<double>(n);
  bool equal = true;
  for (std::size_t i = 0; i < n; ++i) equal = equal && std::abs(edges[i + 1] - edges[i] - mean) < 1e-6 * mean;
  const std::size_t pixels = equal ? n : most_pixels;
  std::vector<std::size_t> cell(pixels);
  for (std::size_t p = 0; p < pixels; ++p) {
    const double x = edges.front() + (edges.back() - edges.front()) * (static_cast<double>(p) + 0.5) /
                                         static_cast<double>(pixels);
    const auto after = std::upper_bound(edges.begin(), edges.end(), x) - edges.begin();
    cell[p] = equal ? p : std::clamp<std::size_t>(static_cast<std::size_t>(after), 1, n) - 1;
  }
  return cell;
}

/// PNG rows run from the top, the second axis from the bottom.
std::string picture(const law::PlaneMarginal& plane, double top) {
  const auto columns = cell_under_pixel(plane.edges_a), rows = cell_under_pixel(plane.edges_b);
  std::vector<std::uint8_t> pixels;
  pixels.reserve(columns.size() * rows.size());
  for (auto j = rows.rbegin(); j != rows.rend(); ++j)
    for (const std::size_t i : columns) pixels.push_back(colour_index(cell_average(plane, i, *j), top));
  return "data:image/png;base64," + base64(png(columns.size(), rows.size(), pixels, palette()));
}

/// Dots of no length with round caps: the shortest way to write a few hundred discs. Over colours they are
/// white with a dark rim, on bare paper they have the colour of the particles.
std::string dots(const AxisScale& x, const AxisScale& y, const Area& area,
                 const std::vector<std::array<double, 3>>& particles, bool over_colours) {
  std::string d;
  for (std::size_t i = 0; i < std::min(particles.size(), most_dots); ++i) {
    const auto& p = particles[i];
    const double px = x.place(p[0]), py = y.place(p[1]);
    if (!(px >= 0 && px <= 1 && py >= 0 && py <= 1)) continue;
    d += fmt::format("M{} {}h0", coordinate(area.width * px), coordinate(area.height * (1 - py)));
  }
  if (d.empty()) return "";
  if (!over_colours) return fmt::format("<path class=\"bare dot particles\" d=\"{}\"/>\n", d);
  return fmt::format("<path class=\"halo\" d=\"{0}\"/>\n<path class=\"dot\" d=\"{0}\"/>\n", d);
}

/// Close to the shape of the box, but neither a ribbon nor a tower: the axes may be of different kinds.
double height_for(const Frame& frame, const law::PlaneMarginal& plane) {
  const double ratio =
      (plane.edges_b.back() - plane.edges_b.front()) / (plane.edges_a.back() - plane.edges_a.front());
  return 66 + (frame.width - 50) * std::clamp(ratio, 0.6, 1.0);
}

}  // namespace

double greatest_density(const law::PlaneMarginal& plane) {
  double greatest = 0;
  if (!has_masses(plane)) return greatest;
  for (std::size_t j = 0; j + 1 < plane.edges_b.size(); ++j)
    for (std::size_t i = 0; i + 1 < plane.edges_a.size(); ++i)
      if (const double p = cell_average(plane, i, j); std::isfinite(p)) greatest = std::max(greatest, p);
  return greatest;
}

std::string heat_map(Frame frame, const law::PlaneMarginal& plane, double top,
                     const std::vector<std::array<double, 3>>& particles) {
  if (plane.edges_a.size() < 2 || plane.edges_b.size() < 2) return "";
  frame.height = height_for(frame, plane);
  const auto x = AxisScale::linear(plane.edges_a.front(), plane.edges_a.back(), 4);
  const auto y = AxisScale::linear(plane.edges_b.front(), plane.edges_b.back(), 4);
  const Area area = area_of(frame, y);
  std::string inside;
  if (has_masses(plane))
    inside = fmt::format("<image width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" href=\"{}\"/>\n",
                         coordinate(area.width), coordinate(area.height), picture(plane, top));
  return figure(frame, x, y, inside + dots(x, y, area, particles, has_masses(plane)), false);
}

std::string colour_bar(double top, bool saturates, const std::string& label) {
  if (!(top > 0)) return "";
  std::vector<std::uint8_t> ramp(colours);
  for (std::size_t i = 0; i < colours; ++i) ramp[i] = static_cast<std::uint8_t>(i);
  const auto scale = AxisScale::linear(0, top, 4);
  auto svg = fmt::format(
      "<svg viewBox=\"0 0 300 34\" class=\"colour-bar\" role=\"img\" "
      "aria-label=\"colours\">\n"
      "<image x=\"14\" y=\"1\" width=\"256\" height=\"12\" preserveAspectRatio=\"none\" "
      "href=\"data:image/png;base64,{}\"/>\n",
      base64(png(colours, 1, ramp, palette())));
  for (const auto& t : scale.ticks()) {
    const auto at = coordinate(14 + 256 * scale.place(t.value));
    svg += fmt::format(
        "<path class=\"axis\" d=\"M{0} 13v4\"/>"
        "<text class=\"tick\" x=\"{0}\" y=\"30\" text-anchor=\"middle\">{1}</text>\n",
        at, t.label);
  }
  return fmt::format("<div class=\"scale\">{}</svg><span>{}{}{}</span></div>\n", svg, label,
                     scale.factor().empty() ? "" : " (" + scale.factor() + ")",
                     saturates ? "; yellow also stands for more" : "");
}

}  // namespace fpk::io::report
