#include "solvers/passage/segment.hpp"

#include "formula/program.hpp"

namespace fpk::solvers {
namespace {

constexpr int bisections = 40;

double within(const law::Axis& axis, double x) {
  if (x > axis.upper()) return x - axis.length();
  return x < axis.lower() ? x + axis.length() : x;
}

}  // namespace

Segment segment_along(const law::Grid& grid, const law::Index& from, const Offset& offset) {
  Segment s{grid.center(from), {}};
  for (std::size_t a = 0; a < grid.dimension(); ++a) {
    const law::Axis& axis = grid.axis(a);
    const auto n = static_cast<int>(axis.cells());
    int to = static_cast<int>(from[a]) + offset[a];
    double around = 0;
    if (to >= n) to -= n, around = axis.length();
    if (to < 0) to += n, around = -axis.length();
    s.step[a] = axis.center(static_cast<std::size_t>(to)) + around - s.start[a];
  }
  return s;
}

std::vector<double> border_fractions(const law::Grid& grid, std::span<const Segment> segments,
                                     const formula::Formula& set) {
  const std::size_t d = grid.dimension(), n = segments.size();
  std::vector<std::string> names;
  for (const auto& axis : grid.axes()) names.push_back(axis.name());
  const formula::Program program(set, names);
  std::vector<std::vector<double>> x(d, std::vector<double>(n));
  std::vector<const double*> in;
  for (const auto& column : x) in.push_back(column.data());
  std::vector<double> outside(n, 0.0), inside(n, 1.0), value(n);
  double* const out = value.data();
  for (int k = 0; k < bisections; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      const double s = 0.5 * (outside[i] + inside[i]);
      for (std::size_t a = 0; a < d; ++a)
        x[a][i] = within(grid.axis(a), segments[i].start[a] + s * segments[i].step[a]);
    }
    program.evaluate(in, n, {&out, 1});
    for (std::size_t i = 0; i < n; ++i)
      (value[i] != 0 ? inside : outside)[i] = 0.5 * (outside[i] + inside[i]);
  }
  return inside;
}

}  // namespace fpk::solvers
