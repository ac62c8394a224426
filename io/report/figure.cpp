// The frame of every figure: axes, ticks, grid, labels.
//
//   title                       y_label (factor)
//            ^                  +-------------------+
//            |                  | inside            |
//                               +---+---+---+---+---+
//                                                x_label
#include <fmt/format.h>

#include <algorithm>

#include "io/report/html.hpp"
#include "io/report/plot.hpp"

namespace fpk::io::report {

namespace {

constexpr double character = 6.4;  // width of a digit of a 12 px label
constexpr double overhang = 4;     // what a marker may stick out of the area

/// Characters, not bytes, of UTF-8.
std::size_t length(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string x_axis(const Area& area, const AxisScale& x, bool grid) {
  std::string svg, lines, ticks, fine;
  const double bottom = area.top + area.height;
  for (const auto& t : x.ticks()) {
    const auto at = coordinate(area.left + area.width * x.place(t.value));
    lines += fmt::format("M{} {}V{}", at, coordinate(area.top), coordinate(bottom));
    ticks += fmt::format("M{} {}v5", at, coordinate(bottom));
    svg += fmt::format("<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", at,
                       coordinate(bottom + 18), t.label);
  }
  for (const double value : x.fine_ticks())
    fine += fmt::format("M{} {}v3", coordinate(area.left + area.width * x.place(value)), coordinate(bottom));
  if (grid) svg = fmt::format("<path class=\"grid\" d=\"{}\"/>\n", lines) + svg;
  return svg + fmt::format("<path class=\"axis\" d=\"{}{}\"/>\n", ticks, fine);
}

std::string y_axis(const Area& area, const AxisScale& y, bool grid) {
  std::string svg, lines, ticks, fine;
  for (const auto& t : y.ticks()) {
    const double at = area.top + area.height * (1 - y.place(t.value));
    lines += fmt::format("M{} {}h{}", coordinate(area.left), coordinate(at), coordinate(area.width));
    ticks += fmt::format("M{} {}h-5", coordinate(area.left), coordinate(at));
    svg += fmt::format("<text class=\"tick\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                       coordinate(area.left - 8), coordinate(at + 4), t.label);
  }
  for (const double value : y.fine_ticks())
    fine += fmt::format("M{} {}h-3", coordinate(area.left),
                        coordinate(area.top + area.height * (1 - y.place(value))));
  if (grid) svg = fmt::format("<path class=\"grid\" d=\"{}\"/>\n", lines) + svg;
  return svg + fmt::format("<path class=\"axis\" d=\"{}{}\"/>\n", ticks, fine);
}

std::string with_factor(const std::string& label, const AxisScale& scale) {
  return escaped(label) + (scale.factor().empty() ? "" : "  (" + scale.factor() + ")");
}

}  // namespace

std::string coordinate(double pixels) {
  auto text = fmt::format("{:.1f}", pixels);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text == "-0" ? "0" : text;
}

Area area_of(const Frame& frame, const AxisScale& y) {
  std::size_t longest = 1;
  for (const auto& t : y.ticks()) longest = std::max(longest, length(t.label));
  Area area;
  area.left = 14 + character * static_cast<double>(longest);
  area.top = 24;
  area.width = frame.width - area.left - 14;
  area.height = frame.height - area.top - 42;
  return area;
}

std::string figure(const Frame& frame, const AxisScale& x, const AxisScale& y, const std::string& inside,
                   bool grid) {
  const Area area = area_of(frame, y);
  auto html = fmt::format("<figure>\n<figcaption>{}</figcaption>\n", escaped(frame.title));
  html += fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n", coordinate(frame.width),
                      coordinate(frame.height), escaped(frame.title));
  html += x_axis(area, x, grid) + y_axis(area, y, grid);
  html += fmt::format(
      "<svg x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" viewBox=\"{} {} {} {}\">\n{}</svg>\n",
      coordinate(area.left - overhang), coordinate(area.top - overhang),
      coordinate(area.width + 2 * overhang), coordinate(area.height + 2 * overhang), -overhang, -overhang,
      coordinate(area.width + 2 * overhang), coordinate(area.height + 2 * overhang), inside);
  html += fmt::format("<path class=\"axis\" d=\"M{} {}v{}h{}\"/>\n", coordinate(area.left),
                      coordinate(area.top), coordinate(area.height), coordinate(area.width));
  html += fmt::format("<text class=\"label\" x=\"{}\" y=\"14\">{}</text>\n",
                      coordinate(std::min(area.left, 8.0)), with_factor(frame.y_label, y));
  html += fmt::format("<text class=\"label\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n",
                      coordinate(area.left + area.width), coordinate(frame.height - 6),
                      with_factor(frame.x_label, x));
  return html + "</svg>\n</figure>\n";
}

}  // namespace fpk::io::report
