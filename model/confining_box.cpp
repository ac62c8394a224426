#include "model/confining_box.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "formula/program.hpp"
#include "law/quadrature.hpp"

namespace fpk::model {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double level = 27.631021115928547;  // ln 1e12
constexpr std::array<std::size_t, law::max_dimension> lattice_points = {1025, 225, 57};
constexpr double scanned_lengths = 3;
constexpr int most_scans = 100;
constexpr double most_growth = 1e6;
constexpr double settled = 0.02;  ///< of the length

using Ends = std::vector<std::array<double, 2>>;  ///< of each axis

/// `lengths` of each side further at both of its ends.
Ends widened(const Ends& box, double lengths) {
  Ends outer;
  for (const auto& [lower, upper] : box)
    outer.push_back({lower - lengths * (upper - lower), upper + lengths * (upper - lower)});
  return outer;
}

/// The level set on a lattice over `outer`, as the ends of the lattice points in it.
Ends scan(const formula::Program& energy, const Ends& outer) {
  const std::size_t d = outer.size(), n = lattice_points[d - 1];
  std::size_t count = 1;
  for (std::size_t a = 0; a < d; ++a) count *= n;
  std::vector<std::vector<double>> x(d, std::vector<double>(count));
  for (std::size_t k = 0; k < count; ++k)
    for (std::size_t a = 0, rest = k; a < d; ++a, rest /= n)
      x[a][k] = outer[a][0] +
                (outer[a][1] - outer[a][0]) * static_cast<double>(rest % n) / static_cast<double>(n - 1);
  std::vector<const double*> in;
  for (const auto& column : x) in.push_back(column.data());
  std::vector<double> E(count);
  double* const out = E.data();
  energy.evaluate(in, count, {&out, 1});
  double least = infinity;
  for (const double e : E)
    if (std::isfinite(e)) least = std::min(least, e);
  Ends found(d, {infinity, -infinity});
  for (std::size_t k = 0; k < count; ++k)
    if (E[k] - least < level)  // false for what is not a number
      for (std::size_t a = 0; a < d; ++a)
        found[a] = {std::min(found[a][0], x[a][k]), std::max(found[a][1], x[a][k])};
  return found;
}

/// Mass of exp(-energy) between the box and the one around it, over the whole.
double mass_outside(const std::vector<std::string>& variables, const formula::Formula& energy,
                    const Ends& box) {
  constexpr std::array<std::size_t, law::max_dimension> inner_cells = {512, 96, 24};
  const std::size_t d = box.size(), n = inner_cells[d - 1];
  const Ends outer = widened(box, 1);
  std::vector<law::Axis> axes;
  for (std::size_t a = 0; a < d; ++a) {
    std::vector<double> edges;
    for (const auto& [from, to] :
         {std::pair{outer[a][0], box[a][0]}, {box[a][0], box[a][1]}, {box[a][1], outer[a][1]}})
      for (std::size_t i = 0; i < n; ++i)
        edges.push_back(from + (to - from) * static_cast<double>(i) / static_cast<double>(n));
    edges.push_back(outer[a][1]);
    axes.emplace_back(variables[a], std::move(edges));
  }
  const law::GridPart part{law::Grid(std::move(axes))};
  auto logs = law::log_cell_averages(part, -energy);
  for (auto& l : logs)
    if (std::isnan(l)) l = -infinity;
  const double largest = *std::max_element(logs.begin(), logs.end());
  double shell = 0, whole = 0;
  for (std::size_t c = 0; c < logs.size(); ++c) {
    const double mass = std::exp(logs[c] - largest) * part.volume(c);
    const law::Index i = part.index(c);
    bool inside = true;
    for (std::size_t a = 0; a < d; ++a) inside = inside && i[a] >= n && i[a] < 2 * n;
    whole += mass;
    if (!inside) shell += mass;
  }
  return shell / whole;
}

}  // namespace

std::optional<ConfiningBox> confining_box(const std::vector<std::string>& variables,
                                          const formula::Formula& energy, const std::vector<double>& lower,
                                          const std::vector<double>& upper) {
  const std::size_t d = variables.size();
  const formula::Program program(energy, variables);
  Ends start, box;
  for (std::size_t a = 0; a < d; ++a) start.push_back({lower[a], upper[a]});
  box = start;
  for (int k = 0; k < most_scans; ++k) {
    const Ends outer = widened(box, scanned_lengths), found = scan(program, outer);
    bool moved = false;
    for (std::size_t a = 0; a < d; ++a) {
      const double spacing = (outer[a][1] - outer[a][0]) / static_cast<double>(lattice_points[d - 1] - 1);
      const double old_lower = box[a][0], old_upper = box[a][1], length = old_upper - old_lower;
      // One spacing further, since the level set ends between two points; at the rim that is no answer yet.
      box[a][0] = std::min(start[a][0], std::max(found[a][0] - spacing, outer[a][0]));
      box[a][1] = std::max(start[a][1], std::min(found[a][1] + spacing, outer[a][1]));
      moved = moved || std::abs(box[a][0] - old_lower) > settled * length ||
              std::abs(box[a][1] - old_upper) > settled * length;
      if (!(box[a][1] - box[a][0] <= most_growth * (start[a][1] - start[a][0]))) return std::nullopt;
    }
    if (moved) continue;
    ConfiningBox answer;
    for (const auto& [low, high] : box) {
      answer.lower.push_back(low);
      answer.upper.push_back(high);
    }
    answer.mass_outside = mass_outside(variables, energy, box);
    return answer;
  }
  return std::nullopt;
}

}  // namespace fpk::model
