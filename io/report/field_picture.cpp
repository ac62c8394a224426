#include "io/report/field_picture.hpp"

#include <algorithm>
#include <cmath>

#include "io/report/heat_map.hpp"
#include "io/report/html.hpp"
#include "io/report/plot.hpp"
#include "io/report/signed_map.hpp"

namespace fpk::io::report {
namespace {

std::string plane_picture(const FieldPicture& f, const Frame& frame) {
  const double top = greatest_density(f.plane);
  const double least = *std::min_element(f.plane.masses.begin(), f.plane.masses.end());
  if (!(least < 0)) return heat_map(frame, f.plane, top, {}) + colour_bar(top, false, escaped(f.label));
  const double most = greatest_value(f.plane);
  return signed_map(frame, f.plane, most) + "<p class=\"aside\">" + escaped(f.label) + ", from " +
         number(-most) + " (blue) to " + number(most) + " (orange)</p>\n";
}

}  // namespace

std::string field_picture(const FieldPicture& f, const std::vector<std::string>& variables) {
  const auto variable = [&](std::size_t a) { return a < variables.size() ? variables[a] : std::string(); };
  if (!f.plane.masses.empty())
    return "<div>" + plane_picture(f, {.title = f.title, .x_label = variable(0), .y_label = variable(1)}) +
           "</div>\n";
  std::vector<double> centres;
  for (std::size_t i = 0; i + 1 < f.edges.size(); ++i) centres.push_back(0.5 * (f.edges[i] + f.edges[i + 1]));
  const bool signed_values = std::any_of(f.values.begin(), f.values.end(), [](double v) { return v < 0; });
  return "<div>" +
         plot({.title = f.title, .x_label = variable(0), .y_label = f.label, .from_zero = !signed_values},
              {{.look = Look::density, .x = centres, .y = f.values}}) +
         "</div>\n";
}

}  // namespace fpk::io::report
