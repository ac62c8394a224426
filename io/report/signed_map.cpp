#include "io/report/signed_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "io/report/png.hpp"

namespace fpk::io::report {

namespace {

constexpr std::size_t colours = 255;  // index 255 is "no number"
constexpr std::size_t most_pixels = 192;

/// Even in lightness on both sides of white, and told apart by the colour-blind: Okabe and Ito's blue and vermilion.
const std::vector<Colour>& palette() {
  static const std::vector<Colour> all = [] {
    constexpr Colour low = {0, 90, 160}, white = {247, 247, 247}, high = {196, 72, 0};
    std::vector<Colour> p;
    for (std::size_t i = 0; i < colours; ++i) {
      const double share = 2 * static_cast<double>(i) / static_cast<double>(colours - 1) - 1;
      const Colour& end = share < 0 ? low : high;
      Colour c{};
      for (std::size_t k = 0; k < c.size(); ++k)
        c[k] = static_cast<std::uint8_t>(std::lround(white[k] + std::abs(share) * (end[k] - white[k])));
      p.push_back(c);
    }
    return p;
  }();
  return all;
}

double average(const law::PlaneMarginal& p, std::size_t i, std::size_t j) {
  const double area = (p.edges_a[i + 1] - p.edges_a[i]) * (p.edges_b[j + 1] - p.edges_b[j]);
  return p.masses[i + (p.edges_a.size() - 1) * j] / area;
}

/// The cell under each of a number of equal pixels along an axis.
std::vector<std::size_t> cells_under(const std::vector<double>& edges) {
  const std::size_t n = edges.size() - 1, pixels = std::max(n, most_pixels);
  std::vector<std::size_t> cell(pixels);
  for (std::size_t p = 0; p < pixels; ++p) {
    const double x = edges.front() + (edges.back() - edges.front()) * (static_cast<double>(p) + 0.5) /
                                         static_cast<double>(pixels);
    const auto after = std::upper_bound(edges.begin(), edges.end(), x) - edges.begin();
    cell[p] = std::clamp<std::size_t>(static_cast<std::size_t>(after), 1, n) - 1;
  }
  return cell;
}

/// PNG rows run from the top, the second axis from the bottom.
std::string picture(const law::PlaneMarginal& plane, double top) {
  const auto columns = cells_under(plane.edges_a), rows = cells_under(plane.edges_b);
  std::vector<std::uint8_t> pixels;
  for (auto j = rows.rbegin(); j != rows.rend(); ++j)
    for (const std::size_t i : columns) {
      const double v = average(plane, i, *j), share = top > 0 ? std::clamp(v / top, -1.0, 1.0) : 0.0;
      pixels.push_back(std::isfinite(v)
                           ? static_cast<std::uint8_t>(std::lround(0.5 * (share + 1) * (colours - 1)))
                           : static_cast<std::uint8_t>(colours));
    }
  return "data:image/png;base64," + base64(png(columns.size(), rows.size(), pixels, palette()));
}

}  // namespace

double greatest_value(const law::PlaneMarginal& plane) {
  double greatest = 0;
  for (std::size_t j = 0; j + 1 < plane.edges_b.size(); ++j)
    for (std::size_t i = 0; i + 1 < plane.edges_a.size(); ++i)
      if (const double v = std::abs(average(plane, i, j)); std::isfinite(v)) greatest = std::max(greatest, v);
  return greatest;
}

std::string signed_map(Frame frame, const law::PlaneMarginal& plane, double top) {
  if (plane.edges_a.size() < 2 || plane.edges_b.size() < 2 || plane.masses.empty()) return "";
  const double ratio =
      (plane.edges_b.back() - plane.edges_b.front()) / (plane.edges_a.back() - plane.edges_a.front());
  frame.height = 66 + (frame.width - 50) * std::clamp(ratio, 0.6, 1.0);  // neither a ribbon nor a tower
  const auto x = AxisScale::linear(plane.edges_a.front(), plane.edges_a.back(), 4);
  const auto y = AxisScale::linear(plane.edges_b.front(), plane.edges_b.back(), 4);
  const Area area = area_of(frame, y);
  const auto inside =
      fmt::format("<image width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" href=\"{}\"/>\n",
                  coordinate(area.width), coordinate(area.height), picture(plane, top));
  return figure(frame, x, y, inside, false);
}

}  // namespace fpk::io::report
