#include "io/case/schema.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "io/case_file.hpp"

namespace fpk::io::reader {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr Range positive{0, infinity, true};

std::vector<Key> problem_keys() {
  return {
      {.path = "title",
       .kind = Kind::text,
       .meaning = "Headline of the report.",
       .preset = "the file's name"},
      {.path = "reference",
       .kind = Kind::text,
       .meaning = "Where the problem comes from: author, year, place."},

      {.path = "process",
       .kind = Kind::table,
       .meaning = "The problem, an Ito diffusion. Give potential and temperature, or drift and noise, or "
                  "data, loss and temperature.",
       .required = true},
      {.path = "process.variables",
       .kind = Kind::names,
       .meaning = "Names of the d unknowns, in order. At most 3 where a density is computed.",
       .required = true},
      {.path = "process.parameters",
       .kind = Kind::table,
       .meaning = "Numbers with names, for use in every formula."},
      {.path = "process.parameters.*", .kind = Kind::number, .meaning = "Value of one parameter."},
      {.path = "process.definitions",
       .kind = Kind::table,
       .meaning = "Formulas with names, for use in every formula; their order does not matter."},
      {.path = "process.definitions.*", .kind = Kind::formula, .meaning = "One named formula."},
      {.path = "process.potential",
       .kind = Kind::formula,
       .meaning = "L, with dX = -grad L dt + sqrt(2 D) dW; differentiated symbolically."},
      {.path = "process.temperature",
       .kind = Kind::constant,
       .meaning = "D, in units of L.",
       .range = positive},
      {.path = "process.drift",
       .kind = Kind::formulas,
       .meaning = "b, one formula a variable, with dX = b dt + sigma dW (Ito); may use the time t."},
      {.path = "process.noise",
       .kind = Kind::formula_rows,
       .meaning = "sigma, one row a variable, one column a source of noise; may use the time t."},
      {.path = "process.stationary",
       .kind = Kind::formula,
       .meaning = "Stationary density known in closed form, up to a factor, beside drift and noise."},
      {.path = "process.data",
       .kind = Kind::table,
       .meaning =
           "Rows of real data; the potential is then the mean of loss over the rows, plus regulariser."},
      {.path = "process.data.file",
       .kind = Kind::text,
       .meaning = "CSV file with a header line; its path starts at the case file's folder.",
       .required = true},
      {.path = "process.data.columns",
       .kind = Kind::table,
       .meaning = "Columns that loss uses.",
       .required = true},
      {.path = "process.data.columns.*",
       .kind = Kind::column,
       .meaning = "One column: its name in the file, or a table."},
      {.path = "process.data.columns.*.name",
       .kind = Kind::text,
       .meaning = "Its name in the file.",
       .required = true},
      {.path = "process.data.columns.*.standardise",
       .kind = Kind::boolean,
       .meaning = "Bring it to mean 0 and standard deviation 1.",
       .preset = "false"},
      {.path = "process.loss",
       .kind = Kind::formula,
       .meaning = "Loss of one row, in the variables and the columns."},
      {.path = "process.regulariser",
       .kind = Kind::formula,
       .meaning = "Added to the mean loss, in the variables.",
       .preset = "0"},

      {.path = "domain",
       .kind = Kind::table,
       .meaning = "The box, one side for each variable.",
       .required = true},
      {.path = "domain.*", .kind = Kind::table, .meaning = "Side of the variable of that name."},
      {.path = "domain.*.lower", .kind = Kind::constant, .meaning = "Lower end.", .required = true},
      {.path = "domain.*.upper",
       .kind = Kind::constant,
       .meaning = "Upper end, above lower.",
       .required = true},
      {.path = "domain.*.cells",
       .kind = Kind::integer,
       .meaning = "Equal cells along this side. May be left out where no density is computed: then the "
                  "particles' histogram has as many.",
       .preset = fmt::format("{}", preset_cells),
       .range = {2, 65536}},
      {.path = "domain.*.boundary",
       .kind = Kind::choice,
       .meaning = "What happens at both ends.",
       .preset = "\"reflecting\"",
       .allowed = {"reflecting", "periodic", "absorbing"}},
      {.path = "domain.*.lower_boundary",
       .kind = Kind::choice,
       .meaning = "What happens at the lower end, in place of boundary.",
       .preset = "\"reflecting\"",
       .allowed = {"reflecting", "periodic", "absorbing"}},
      {.path = "domain.*.upper_boundary",
       .kind = Kind::choice,
       .meaning = "What happens at the upper end, in place of boundary.",
       .preset = "\"reflecting\"",
       .allowed = {"reflecting", "periodic", "absorbing"}},

      {.path = "initial",
       .kind = Kind::table,
       .meaning = "The law at time 0, for both roads. Give exactly one of gaussian, uniform, point, density.",
       .required = true},
      {.path = "initial.gaussian",
       .kind = Kind::table,
       .meaning = "Normal law; with sd it is conditioned on the domain."},
      {.path = "initial.gaussian.mean",
       .kind = Kind::constants,
       .meaning = "One for each variable.",
       .required = true},
      {.path = "initial.gaussian.sd",
       .kind = Kind::constants,
       .meaning = "Standard deviations of independent variables.",
       .range = positive},
      {.path = "initial.gaussian.covariance",
       .kind = Kind::constant_rows,
       .meaning = "In place of sd: symmetric and positive definite, with at most a millionth of the mass "
                  "outside the domain."},
      {.path = "initial.uniform",
       .kind = Kind::table,
       .meaning = "Constant density on a box inside the domain."},
      {.path = "initial.uniform.lower",
       .kind = Kind::constants,
       .meaning = "One for each variable.",
       .required = true},
      {.path = "initial.uniform.upper",
       .kind = Kind::constants,
       .meaning = "One for each variable, above lower.",
       .required = true},
      {.path = "initial.point", .kind = Kind::constants, .meaning = "All mass at one point of the domain."},
      {.path = "initial.density",
       .kind = Kind::formula,
       .meaning = "A density up to a factor, constant within each cell."},

      {.path = "time",
       .kind = Kind::table,
       .meaning = "How long, and when both roads meet to be compared.",
       .required = true},
      {.path = "time.end",
       .kind = Kind::number,
       .meaning = "Last time.",
       .required = true,
       .range = positive},
      {.path = "time.observe",
       .kind = Kind::times,
       .meaning = "Number of equally spaced times from 0 to end, at least 2; or increasing times, to which 0 "
                  "and end are added where they lack.",
       .preset = fmt::format("{}", preset_observations),
       .range = {0, infinity}},
  };
}

std::vector<Key> numerics_keys() {
  const DensitySettings density;
  const ParticleSettings particles;
  const ConvergeSettings converge;
  const OutputSettings output;
  return {
      {.path = "density", .kind = Kind::table, .meaning = "The density road: finite volumes."},
      {.path = "density.enabled",
       .kind = Kind::boolean,
       .meaning = "Whether to compute the density.",
       .preset = fmt::format("{}", density.enabled)},
      {.path = "density.propagator",
       .kind = Kind::choice,
       .meaning = "How it advances in time. Chebyshev wants a potential; chebyshev and uniformisation want "
                  "coefficients without t.",
       .preset = fmt::format("\"{}\"", density.propagator),
       .allowed = {"auto", "chebyshev", "uniformisation", "implicit", "explicit"}},
      {.path = "density.tolerance",
       .kind = Kind::number,
       .meaning = "Bound on the L1 error in time at the end.",
       .preset = fmt::format("{}", density.tolerance),
       .range = {1e-14, 0.1}},

      {.path = "particles",
       .kind = Kind::table,
       .meaning = "The particle road. Without this table only the density is computed."},
      {.path = "particles.count",
       .kind = Kind::integer,
       .meaning = "How many.",
       .preset = fmt::format("{}", particles.count),
       .range = {2, 1e10}},
      {.path = "particles.scheme",
       .kind = Kind::choice,
       .meaning = "One-step scheme.",
       .preset = fmt::format("\"{}\"", particles.scheme),
       .allowed = {"euler-maruyama"}},
      {.path = "particles.step",
       .kind = Kind::number,
       .meaning = "Time step, at most time.end.",
       .preset = fmt::format("{}", particles.step),
       .range = positive},
      {.path = "particles.seed",
       .kind = Kind::integer,
       .meaning = "Same seed, same numbers, whatever the number of threads and processes.",
       .preset = fmt::format("{}", particles.seed),
       .range = {0, 9223372036854774784.0}},

      {.path = "observables",
       .kind = Kind::table,
       .meaning = "Functions of the state whose expectations are followed."},
      {.path = "observables.*",
       .kind = Kind::formula,
       .meaning = "One of them; a comparison gives a probability."},

      {.path = "converge", .kind = Kind::table, .meaning = "What `fpk converge` studies."},
      {.path = "converge.refinements",
       .kind = Kind::integer,
       .meaning = "Grids for the density: cells, twice, four times ... as many.",
       .preset = fmt::format("{}", converge.refinements),
       .range = {3, 8}},
      {.path = "converge.steps",
       .kind = Kind::numbers,
       .meaning = "Steps for the particles, at least 3, decreasing. Without them no weak order is measured.",
       .range = positive},
      {.path = "converge.observable",
       .kind = Kind::text,
       .meaning = "Name of the observable whose error is measured.",
       .preset = "the first"},

      {.path = "output",
       .kind = Kind::table,
       .meaning = "What a run leaves behind beside result.json and report.html."},
      {.path = "output.vtk",
       .kind = Kind::boolean,
       .meaning = "Series for ParaView.",
       .preset = fmt::format("{}", output.vtk)},
      {.path = "output.particles",
       .kind = Kind::integer,
       .meaning = "Particles in that series.",
       .preset = fmt::format("{}", output.particles),
       .range = {0, 1e7}},
  };
}

}  // namespace

bool Range::holds(double value) const {
  return (above_least ? value > least : value >= least) && value <= most;
}

std::string Range::text() const {
  const bool bounded_below = least > -infinity;
  if (bounded_below && most < infinity) return fmt::format("from {} to {}", least, most);
  if (bounded_below) return fmt::format("{} {}", above_least ? "above" : "at least", least);
  return most < infinity ? fmt::format("at most {}", most) : "";
}

const std::vector<Key>& schema() {
  static const std::vector<Key> keys = [] {
    auto all = problem_keys();
    std::ranges::move(numerics_keys(), std::back_inserter(all));
    return all;
  }();
  return keys;
}

const Key* find_key(std::string_view path) {
  const auto found = std::ranges::find(schema(), path, &Key::path);
  return found == schema().end() ? nullptr : &*found;
}

std::string child_path(std::string_view parent, std::string_view name) {
  if (name.empty() || name.find('.') != name.npos || name == "*") return "";
  const std::string prefix = parent.empty() ? "" : std::string(parent) + ".";
  for (const std::string& path : {prefix + std::string(name), prefix + "*"})
    if (find_key(path)) return path;
  return "";
}

std::vector<const Key*> children(std::string_view parent) {
  const std::string prefix = parent.empty() ? "" : std::string(parent) + ".";
  std::vector<const Key*> found;
  for (const Key& key : schema())
    if (key.path.starts_with(prefix) && key.path.find('.', prefix.size()) == std::string::npos)
      found.push_back(&key);
  return found;
}

std::string last_word(std::string_view path) {
  return std::string(path.substr(path.find_last_of('.') + 1));  // npos + 1 == 0: the whole path
}

}  // namespace fpk::io::reader
