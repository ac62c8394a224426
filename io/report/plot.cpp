#include "io/report/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "io/report/html.hpp"

namespace fpk::io::report {

namespace {

constexpr std::size_t most_markers = 50;  // more would hide the line

const char* css(Look look) {
  switch (look) {
    case Look::density:
      return "density";
    case Look::particles:
      return "particles";
    case Look::chains:
      return "chains";
    case Look::stationary:
      return "stationary";
    case Look::exact:
      return "exact";
    case Look::between:
      return "between";
    case Look::reference:
      return "reference";
  }
  return "";
}

/// A shape for each look, so that colour is never alone.
const char* marker(Look look) {
  switch (look) {
    case Look::particles:
      return "m-3 -3h6v6h-6z";
    case Look::exact:
      return "m0 -4l4 4l-4 4l-4 -4z";
    case Look::chains:
      return "m-4 0h8m-4 -4v8";
    case Look::between:
      return "m0 -4l4 7h-8z";
    default:
      return "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z";
  }
}

/// The range of the values that an axis can show.
struct Range {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  [[nodiscard]] bool empty() const { return low > high; }
  void include(const std::vector<double>& values, bool positive) {
    for (const double v : values)
      if (std::isfinite(v) && (!positive || v > 0)) low = std::min(low, v), high = std::max(high, v);
  }
};

/// Of a logarithmic axis: a few values that lie more than three decades beyond the others (a divergence from
/// a point mass at time 0, say) leave the picture, so that the others can be read.
Range without_far_outliers(const std::vector<Curve>& curves, Range all) {
  std::vector<double> values;
  for (const auto& c : curves)
    for (const double v : c.y)
      if (std::isfinite(v) && v > 0) values.push_back(v);
  if (values.empty()) return all;
  std::sort(values.begin(), values.end());
  const std::size_t few = values.size() / 20;
  all.low = std::max(all.low, values[few] / 1000);
  all.high = std::min(all.high, values[values.size() - 1 - few] * 1000);
  return all;
}

/// Places in the area, y downwards.
class Map {
 public:
  Map(const AxisScale& x, const AxisScale& y, const Area& area) : x_(x), y_(y), area_(area) {}
  [[nodiscard]] double x(double value) const { return area_.width * x_.place(value); }
  /// What lies far outside is drawn just outside; what a logarithmic axis has no place for lies below.
  [[nodiscard]] double y(double value) const {
    if (std::isnan(value)) return value;
    if (y_.is_logarithmic() && value <= 0) return 2 * area_.height;
    return area_.height * std::clamp(1 - y_.place(value), -1.0, 2.0);
  }
  [[nodiscard]] bool shows(double px, double py) const { return std::isfinite(px) && std::isfinite(py); }
  [[nodiscard]] bool inside(double px, double py) const {
    return shows(px, py) && py >= -1 && py <= area_.height + 1;
  }

 private:
  const AxisScale &x_, &y_;
  Area area_;
};

/// "M x y L x y ...", a new piece after every gap.
std::string polyline(const Map& map, const std::vector<double>& x, const std::vector<double>& y) {
  std::string d;
  bool drawing = false;
  for (std::size_t k = 0; k < std::min(x.size(), y.size()); ++k) {
    const double px = map.x(x[k]), py = map.y(y[k]);
    if (map.shows(px, py)) d += fmt::format("{}{} {}", drawing ? 'L' : 'M', coordinate(px), coordinate(py));
    drawing = map.shows(px, py);
  }
  return d;
}

std::string steps(const Map& map, const std::vector<double>& edges, const std::vector<double>& y) {
  std::string d;
  bool drawing = false;
  for (std::size_t k = 0; k < y.size() && k + 1 < edges.size(); ++k) {
    const double left = map.x(edges[k]), right = map.x(edges[k + 1]), py = map.y(y[k]);
    if (map.shows(left, py) && map.shows(right, py))
      d += drawing ? fmt::format("V{}H{}", coordinate(py), coordinate(right))
                   : fmt::format("M{} {}H{}", coordinate(left), coordinate(py), coordinate(right));
    drawing = map.shows(left, py) && map.shows(right, py);
  }
  return d;
}

/// A band for each run of finite values: along the upper ends and back along the lower ones.
std::string band(const Map& map, const Curve& c) {
  std::string d, there, back;
  const auto close = [&] {
    if (!there.empty()) d += fmt::format("M{}{}Z", there.substr(1), back);
    there.clear(), back.clear();
  };
  for (std::size_t k = 0; k < c.x.size(); ++k) {
    const double x = map.x(c.x[k]), high = map.y(c.upper[k]), low = map.y(c.lower[k]);
    if (!map.shows(x, high) || !map.shows(x, low)) {
      close();
      continue;
    }
    there += fmt::format("L{} {}", coordinate(x), coordinate(high));
    back = fmt::format("L{} {}", coordinate(x), coordinate(low)) + back;
  }
  close();
  return d;
}

std::string bars(const Map& map, const Curve& c) {
  std::string d;
  for (std::size_t k = 0; k < c.x.size(); ++k) {
    const double x = map.x(c.x[k]), high = map.y(c.upper[k]), low = map.y(c.lower[k]);
    if (!map.shows(x, high) || !map.shows(x, low) || low - high < 0.5) continue;
    d += fmt::format("M{0} {1}V{2}m-4 0h8M{0} {1}m-4 0h8", coordinate(x), coordinate(high), coordinate(low));
  }
  return d;
}

/// On every point, or on every second, third, ... of a line that has many: what the legend shows is there in any case.
std::string markers(const Map& map, const Curve& c) {
  std::string d;
  const std::size_t points = std::min(c.x.size(), c.y.size());
  const std::size_t stride = c.line ? (points + most_markers - 1) / most_markers : 1;
  for (std::size_t k = 0; k < points; k += stride) {
    const double x = map.x(c.x[k]), y = map.y(c.y[k]);
    if (map.inside(x, y)) d += fmt::format("M{} {}{}", coordinate(x), coordinate(y), marker(c.look));
  }
  return d;
}

std::string path(const std::string& kind, Look look, const std::string& d) {
  return d.empty() ? "" : fmt::format("<path class=\"{} {}\" d=\"{}\"/>\n", kind, css(look), d);
}

bool has_interval(const Curve& c) {
  return c.interval != Interval::none && c.lower.size() >= c.x.size() && c.upper.size() >= c.x.size();
}

std::string draw(const Map& map, const Curve& c) {
  std::string svg;
  const bool single = c.x.size() == 1;
  if (has_interval(c)) {
    const bool as_bars = single || c.interval == Interval::bars;
    svg += as_bars ? path("line", c.look, bars(map, c)) : path("band", c.look, band(map, c));
  }
  if (c.steps)
    svg += path("line thin", c.look, steps(map, c.x, c.y));
  else if (c.line)
    svg += path(c.dashed ? "line dashed" : "line", c.look, polyline(map, c.x, c.y));
  if (!c.steps && (single || c.markers)) svg += path("mark", c.look, markers(map, c));
  return svg;
}

AxisScale scale_of(const Range& range, bool logarithmic) {
  return logarithmic ? AxisScale::logarithmic(range.low, range.high)
                     : AxisScale::linear(range.low, range.high);
}

/// A twelfth of room at the ends of a linear axis that does not start at zero.
Range roomy(Range r, bool from_zero) {
  const double room = (r.high - r.low) / 12;
  r.low = from_zero ? std::min(0.0, r.low) : r.low - room;
  r.high += room;
  return r;
}

}  // namespace

std::string plot(const Frame& frame, const std::vector<Curve>& curves) {
  Range x, y;
  for (const auto& c : curves) {
    x.include(c.x, frame.x_logarithmic);
    y.include(c.y, frame.y_logarithmic);
    if (!has_interval(c)) continue;
    y.include(c.lower, frame.y_logarithmic);
    y.include(c.upper, frame.y_logarithmic);
  }
  if (frame.x_range.size() == 2) x.low = frame.x_range[0], x.high = frame.x_range[1];
  if (x.empty() || y.empty())
    return fmt::format(
        "<figure>\n<figcaption>{}</figcaption>\n<p class=\"empty\">There is no {} value to show.</p>\n"
        "</figure>\n",
        escaped(frame.title), frame.y_logarithmic ? "positive" : "finite");
  const auto x_scale = scale_of(x, frame.x_logarithmic);
  y = frame.y_logarithmic ? without_far_outliers(curves, y) : roomy(y, frame.from_zero);
  const auto y_scale = scale_of(y, frame.y_logarithmic);
  const Map map(x_scale, y_scale, area_of(frame, y_scale));
  std::string inside;
  for (const auto& c : curves) inside += draw(map, c);
  return figure(frame, x_scale, y_scale, inside, true);
}

std::string legend(const std::vector<LegendEntry>& entries) {
  std::string html = "<ul class=\"legend\">\n";
  for (const auto& [like, text] : entries) {
    std::string sample;
    if (like.interval == Interval::band) sample += path("band", like.look, "M0 2H34V14H0Z");
    if (like.steps)
      sample += path("line thin", like.look, "M0 12H9V4H18V9H26V13H34");
    else if (like.line)
      sample += path(like.dashed ? "line dashed" : "line", like.look, "M0 8H34");
    if (like.markers) sample += path("mark", like.look, std::string("M17 8") + marker(like.look));
    html +=
        fmt::format("<li><svg viewBox=\"0 0 34 16\" class=\"sample\" aria-hidden=\"true\">{}</svg>{}</li>\n",
                    sample, escaped(text));
  }
  return html + "</ul>\n";
}

}  // namespace fpk::io::report
