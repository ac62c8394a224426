// A plot of curves over an axis, as SVG; its colours come from the page, so that they follow light and dark.
#pragma once

#include <string>
#include <vector>

#include "io/report/axis_scale.hpp"

namespace fpk::io::report {

/// What a curve stands for; it looks the same on the whole page (colour, dash and marker, never colour
/// alone).
enum class Look { density, particles, chains, stationary, exact, between, reference };

/// What the range about a curve is drawn as.
enum class Interval { none, band, bars };

struct Curve {
  Look look = Look::density;
  std::vector<double> x = {}, y = {};          ///< for steps x has one entry more: the edges
  std::vector<double> lower = {}, upper = {};  ///< ends of the interval; may be empty
  Interval interval = Interval::none;
  bool steps = false;
  bool markers = false;
  bool dashed = false;
  bool line = true;
};

struct Frame {
  std::string title, x_label, y_label;
  double width = 460, height = 290;
  bool x_logarithmic = false, y_logarithmic = false;
  bool from_zero = false;            ///< the y axis starts at 0
  std::vector<double> x_range = {};  ///< low and high; empty: that of the curves
};

/// <figure> with the plot; a sentence instead where no value can be shown.
std::string plot(const Frame& frame, const std::vector<Curve>& curves);

/// A line of the legend: the sample of a curve, and what it is.
struct LegendEntry {
  Curve like;
  std::string text;
};
std::string legend(const std::vector<LegendEntry>& entries);

/// The part of a plot that heat maps share: axes with ticks, grid and labels around `inside`, which is drawn
/// in the coordinates of the area (0, 0, width, height) and clipped to it, with a small margin.
struct Area {
  double left = 0, top = 0, width = 0, height = 0;
};
Area area_of(const Frame& frame, const AxisScale& y);
std::string figure(const Frame& frame, const AxisScale& x, const AxisScale& y, const std::string& inside,
                   bool grid);

/// A coordinate: one decimal, which is a tenth of a pixel.
std::string coordinate(double pixels);

}  // namespace fpk::io::report
