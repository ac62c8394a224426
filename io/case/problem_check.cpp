// What no section can see alone: whether the process can be computed on this domain, by the roads asked for.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "formula/program.hpp"
#include "io/case/sections.hpp"
#include "solvers/flux/flux.hpp"
#include "solvers/propagator.hpp"
#include "solvers/rates/tensor_coefficients.hpp"

namespace fpk::io::reader {
namespace {

using formula::Formula;

/// In more dimensions only the middle of the domain is tried.
constexpr std::size_t most_tried_dimensions = 6;

/// Centres of cells spread over the domain, the outermost among them: columns of coordinates, then a column
/// of zeros for the time. The grid is what the density road sees, so a pole on a wall does no harm.
std::vector<std::vector<double>> trial_points(const Box& box) {
  const std::size_t d = box.axes.size();
  std::vector<std::vector<double>> points(d + 1);
  std::vector<std::vector<double>> sides(d);
  std::size_t count = 1;
  for (std::size_t a = 0; a < d; ++a) {
    const std::size_t n = box.axes[a].cells();
    std::vector<std::size_t> cells = d > most_tried_dimensions
                                         ? std::vector{n / 2}
                                         : std::vector{std::size_t{0}, n / 4, n / 2, n - 1 - n / 4, n - 1};
    cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
    for (const std::size_t i : cells) sides[a].push_back(box.axes[a].center(i));
    count *= sides[a].size();
  }
  for (std::size_t k = 0; k < count; ++k) {
    std::size_t rest = k;
    for (std::size_t a = 0; a < d; ++a) {
      points[a].push_back(sides[a][rest % sides[a].size()]);
      rest /= sides[a].size();
    }
    points[d].push_back(0);
  }
  return points;
}

std::vector<double> values_at(const Formula& f, const model::Process& process,
                              const std::vector<std::vector<double>>& points) {
  std::vector<double> values(points.front().size());
  std::vector<const double*> inputs;
  for (const auto& column : points) inputs.push_back(column.data());
  double* const output = values.data();
  formula::Program(f, process.inputs()).evaluate(inputs, values.size(), {&output, 1});
  return values;
}

std::string point_text(const model::Process& process, const std::vector<std::vector<double>>& points,
                       std::size_t k) {
  std::string text;
  for (std::size_t a = 0; a < process.dimension(); ++a)
    text += fmt::format("{}{} = {:.6g}", a == 0 ? "" : ", ", process.variables[a], points[a][k]);
  return text;
}

/// Complains where f is not finite, or is less than `least`, at one of the points.
void check_values(Document& document, const model::Process& process, const Box& box, const Formula& f,
                  const Place& at, std::string_view what, double least) {
  const auto points = trial_points(box);
  const auto values = values_at(f, process, points);
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (std::isfinite(values[k]) && values[k] >= least) continue;
    document.complaints.add(at,
                            fmt::format("{} is {} at {}", what, values[k], point_text(process, points, k)),
                            "narrow the domain, or mend the formula");
    return;
  }
}

/// The place of entry (i) or (i, k) of a list, as far as the file has it.
Place entry_place(const Document& document, std::string_view path, std::size_t i,
                  std::optional<std::size_t> k = {}) {
  const toml::node* node = document.find(path);
  const toml::array* list = node == nullptr ? nullptr : node->as_array();
  const toml::node* entry = list == nullptr ? nullptr : list->get(i);
  if (entry != nullptr && k && entry->is_array()) entry = entry->as_array()->get(*k);
  return entry == nullptr ? document.place("process") : document.place(*entry);
}

void check_coefficients(Document& document, const model::Process& process, const Box& box) {
  constexpr double anything = -std::numeric_limits<double>::infinity();
  if (const Formula* potential = process.potential()) {
    const std::string path = document.has("process.loss") ? "process.loss" : "process.potential";
    check_values(document, process, box, *potential, document.place(path), path, anything);
    for (std::size_t i = 0; i < process.dimension(); ++i)
      check_values(document, process, box, process.drift[i], document.place(path),
                   fmt::format("the slope of {} in {}", path, process.variables[i]), anything);
    return;
  }
  for (std::size_t i = 0; i < process.dimension(); ++i) {
    check_values(document, process, box, process.drift[i], entry_place(document, "process.drift", i),
                 fmt::format("entry {} of process.drift", i + 1), anything);
    for (std::size_t k = 0; k < process.noise_sources(); ++k)
      check_values(document, process, box, process.noise[i][k], entry_place(document, "process.noise", i, k),
                   fmt::format("entry {} of row {} of process.noise", k + 1, i + 1), anything);
  }
  if (process.stationary)
    check_values(document, process, box, *process.stationary, document.place("process.stationary"),
                 "process.stationary", 0);
}

/// L must be the same at both ends of a periodic side, or exp(-L/D) has a jump there.
void check_periodic_potential(Document& document, const model::Process& process, const Box& box) {
  const Formula& potential = *process.potential();
  for (std::size_t a = 0; a < process.dimension(); ++a) {
    if (!box.domain.sides[a].is_periodic()) continue;
    auto lower = trial_points(box), upper = lower;
    std::ranges::fill(lower[a], box.domain.sides[a].lower);
    std::ranges::fill(upper[a], box.domain.sides[a].upper);
    const auto at_lower = values_at(potential, process, lower),
               at_upper = values_at(potential, process, upper);
    for (std::size_t k = 0; k < at_lower.size(); ++k) {
      // Round-off of pi and of the sine of a multiple of it, far below any step that matters.
      const double allowed = 1e-9 * (1 + std::abs(at_lower[k]));
      if (std::abs(at_lower[k] - at_upper[k]) <= allowed) continue;
      document.complaints.add(
          document.place(document.has("process.loss") ? "process.loss" : "process.potential"),
          fmt::format("the potential is {:.6g} at one end of the periodic side {} and {:.6g} at the other",
                      at_lower[k], process.variables[a], at_upper[k]),
          "make it periodic; a tilted potential is given as drift and noise");
      return;
    }
  }
}

void check_flux(Document& document, const model::Process& process, const Place& at, const std::string& name) {
  const auto* const flux = solvers::find_flux(name);
  if (flux != nullptr && !flux->needs_potential && name != "hybrid" && !process.has_diagonal_diffusion())
    document.complaints.add(at, fmt::format("the flux {} knows no noise that mixes variables", name),
                            "choose auto or hybrid");
  if (flux == nullptr || !flux->needs_potential || process.potential() != nullptr) return;
  document.complaints.add(
      at, fmt::format("the flux {} weighs faces by a potential, and the process has none", name),
      "choose auto, hybrid, bernoulli or chang-cooper, or give a potential and a temperature");
}

/// The list of `fpk converge`.
void check_fluxes(Document& document, const model::Process& process) {
  const toml::node* const node = document.find("converge.fluxes");
  if (node == nullptr || !node->is_array()) return;
  for (const toml::node& entry : *node->as_array()) {
    const std::string name = entry.value_or(std::string());
    if (solvers::find_flux(name) == nullptr) {
      std::vector<std::string> known;
      for (const auto& f : solvers::fluxes()) known.emplace_back(f.name);
      document.complaints.add(document.place(entry), fmt::format("there is no flux called {}", name),
                              fmt::format("choose from {}", fmt::join(known, ", ")));
    } else {
      check_flux(document, process, document.place(entry), name);
    }
  }
}

/// Cells of three grids, each half as many as the last, must fit into each other, and the error be of second order.
void check_extrapolation(Document& document, const model::Process& process, const Box& box) {
  for (const auto& axis : box.axes)
    if (axis.cells() % 2 != 0)
      document.complaints.add(
          document.place("domain." + axis.name() + ".cells"),
          "density.extrapolate compares grids of half and of twice as many cells, and this number is "
          "odd",
          "give an even number of cells");
  const auto a = process.diffusion();
  for (std::size_t k = 0; k < a.size(); ++k)
    if (a[k][k].constant() == 0.0)
      document.complaints.add(
          document.place("density.extrapolate"),
          fmt::format("{} has no noise of its own: its flux is upwind or limited, and the error no "
                      "smooth multiple of the square of the cells, which density.extrapolate takes it for",
                      process.variables[k]),
          "leave density.extrapolate out, and take more cells");
}

/// Noise that mixes variables takes cells that follow a smooth map.
void check_grading(Document& document, const model::Process& process, const Box& box) {
  if (process.has_diagonal_diffusion()) return;
  for (std::size_t a = 0; a < box.axes.size(); ++a) {
    const double ratio = solvers::width_ratio(box.axes[a], box.domain.sides[a].is_periodic());
    const std::string path = "domain." + box.axes[a].name();
    if (ratio <= solvers::largest_width_ratio) continue;
    document.complaints.add(
        document.place(document.has(path + ".edges") ? path + ".edges" : path),
        fmt::format(
            "noise that mixes variables wants cells whose widths change gradually, and here they change by a "
            "factor {:.3g} from one to the next",
            ratio),
        "give cells, with clustering where they should be narrow, or more edges");
  }
}

void check_density_road(Document& document, const model::Process& process, const DensitySettings& density) {
  if (process.dimension() > law::max_dimension)
    document.complaints.add(document.place("process.variables"),
                            fmt::format("a density in {} dimensions is out of reach", process.dimension()),
                            "set density.enabled = false and run the particles alone");
  const auto* const flux = solvers::find_flux(density.flux);
  check_flux(document, process, document.place("density.flux"), density.flux);
  check_fluxes(document, process);
  const auto* const propagator = solvers::find_propagator(density.propagator);
  if (propagator == nullptr) return;  // auto
  // Of a single variable the generator itself will tell: on a line that is no ring it is in detailed balance.
  // Of more, it is where a potential weighs the faces: a flux that knows the drift alone closes no loop exactly.
  const bool may_be_reversible =
      process.dimension() == 1 || (process.reversible && (flux == nullptr || flux->needs_potential));
  const std::string why_not =
      solvers::refusal(*propagator, {may_be_reversible, process.depends_on_time(), false});
  if (!why_not.empty())
    document.complaints.add(document.place("density.propagator"),
                            fmt::format("the propagator {} {}", density.propagator, why_not), "choose auto");
}

}  // namespace

void check_problem(Document& document, const model::Process& process, const Box& box,
                   const DensitySettings& density) {
  if (density.enabled) check_density_road(document, process, density);
  if (density.enabled) check_grading(document, process, box);
  if (density.enabled && density.extrapolate) check_extrapolation(document, process, box);
  if (!document.complaints.none()) return;  // a formula may hold a name that was complained of
  check_coefficients(document, process, box);
  if (process.potential() != nullptr) check_periodic_potential(document, process, box);
}

}  // namespace fpk::io::reader
