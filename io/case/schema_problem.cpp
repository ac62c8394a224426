// The keys that state the problem: [process], [domain], [initial], [time].
#include <fmt/format.h>

#include "io/case/schema.hpp"
#include "model/domain.hpp"
#include "model/noise_convention.hpp"

namespace fpk::io::reader {
namespace {

std::vector<std::string> boundaries() {
  std::vector<std::string> names;
  for (const auto boundary :
       {model::Boundary::reflecting, model::Boundary::periodic, model::Boundary::absorbing})
    names.emplace_back(model::name(boundary));
  return names;
}

std::vector<std::string> conventions() {
  std::vector<std::string> names;
  for (const auto& convention : model::noise_conventions()) names.emplace_back(convention.name);
  return names;
}

}  // namespace

std::vector<Key> problem_keys() {
  return {
      Key{"title", Kind::text, "Headline of the report."}.otherwise("the file's name"),
      Key{"reference", Kind::text, "Where the problem comes from: author, year, place."},

      Key{"process", Kind::table,
          "The problem, an Ito diffusion. Give potential and temperature, or drift and noise, or data, loss "
          "and temperature."}
          .needed(),
      Key{"process.variables", Kind::names,
          "Names of the d unknowns, in order. At most 3 where a density is computed."}
          .needed(),
      Key{"process.parameters", Kind::table, "Numbers with names, for use in every formula."},
      Key{"process.parameters.*", Kind::number, "Value of one parameter."},
      Key{"process.definitions", Kind::table,
          "Formulas with names, for use in every formula; their order does not matter."},
      Key{"process.definitions.*", Kind::formula, "One named formula."},
      Key{"process.potential", Kind::formula,
          "L, with dX = -grad L dt + sqrt(2 D) dW; differentiated symbolically."},
      Key{"process.temperature", Kind::formula,
          "D, in units of L: constant, or a formula of the time t that stays above 0."}
          .within(positive),
      Key{"process.rotation", Kind::rotation,
          "J, antisymmetric, beside a potential: dX = -(I + J) grad L dt + sqrt(2 D) dW, whose stationary "
          "law is that "
          "without it. In two variables a number r stands for [[0, r], [-r, 0]]."},
      Key{"process.drift", Kind::formulas,
          "b, one formula a variable, with dX = b dt + sigma dW (Ito); may use the time t."},
      Key{"process.noise", Kind::formula_rows,
          "sigma, one row a variable, one column a source of noise; may use the time t."},
      Key{"process.noise_convention", Kind::choice,
          "The sense in which drift and noise are given; another than Ito's is converted to it, "
          "symbolically."}
          .one_of(conventions())
          .otherwise("\"ito\""),
      Key{"process.stationary", Kind::formula,
          "Stationary density known in closed form, up to a factor, beside drift and noise."},
      Key{"process.data", Kind::table,
          "Rows of real data; the potential is then the mean of loss over the rows, plus regulariser."},
      Key{"process.data.file", Kind::text,
          "CSV file with a header line; its path starts at the case file's folder."}
          .needed(),
      Key{"process.data.columns", Kind::table, "Columns that loss uses."}.needed(),
      Key{"process.data.columns.*", Kind::column, "One column: its name in the file, or a table."},
      Key{"process.data.columns.*.name", Kind::text, "Its name in the file."}.needed(),
      Key{"process.data.columns.*.standardise", Kind::boolean, "Bring it to mean 0 and standard deviation 1."}
          .otherwise("false"),
      Key{"process.data.rows", Kind::formula,
          "Rows to keep: those where this formula of the columns, as they stand in the file, is not 0. "
          "Columns are "
          "standardised over the rows kept."}
          .otherwise("1"),
      Key{"process.data.derived", Kind::table, "Further columns, computed from the columns."},
      Key{"process.data.derived.*", Kind::derived_column,
          "One derived column: its formula in the columns, or a table."},
      Key{"process.data.derived.*.formula", Kind::formula,
          "Its formula, in the columns and the parameters of the case."}
          .needed(),
      Key{"process.data.derived.*.standardise", Kind::boolean, "Bring it to mean 0 and standard deviation 1."}
          .otherwise("false"),
      Key{"process.data.surrogate", Kind::number,
          "Tolerance: drift and noise become polynomials on the domain, this near to the sums over the rows, "
          "relative to "
          "the largest drift and covariance. Left out: the sums themselves."}
          .within({0, 0.1, true}),
      Key{"process.loss", Kind::formula, "Loss of one row, in the variables and the columns."},
      Key{"process.regulariser", Kind::formula, "Added to the mean loss, in the variables."}.otherwise("0"),

      Key{"domain", Kind::table_or_word,
          "The box, one side for each variable; or \"auto\" for one that is found, with reflecting faces."}
          .one_of({"auto"})
          .needed(),
      Key{"domain.*", Kind::table, "Side of the variable of that name."},
      Key{"domain.*.lower", Kind::constant,
          "Lower end, or \"auto\"; the first of edges where those are given."},
      Key{"domain.*.upper", Kind::constant,
          "Upper end, above lower, or \"auto\"; the last of edges where those are given."},
      Key{"domain.*.cells", Kind::integer,
          "Cells along this side, equal unless clustering or edges say otherwise. May be left out where no "
          "density is "
          "computed: then the particles' histogram has as many."}
          .within({2, 65536})
          .otherwise(fmt::format("{}", preset_cells)),
      Key{"domain.*.clustering", Kind::table,
          "Draws the cells together about one place by a smooth map, which a finer grid shares."},
      Key{"domain.*.clustering.at", Kind::constant, "The place, between lower and upper."}.needed(),
      Key{"domain.*.clustering.strength", Kind::constant,
          "beta: the widest cell is cosh(beta/2) times as wide as the narrowest where the place is in the "
          "middle."}
          .within({0, 20, true})
          .otherwise("3"),
      Key{"domain.*.edges", Kind::constants,
          "The edges of the cells, increasing, in place of cells and clustering. A finer grid cuts each in "
          "equal parts."},
      Key{"domain.*.boundary", Kind::choice, "What happens at both ends."}
          .one_of(boundaries())
          .otherwise("\"reflecting\""),
      Key{"domain.*.lower_boundary", Kind::choice, "What happens at the lower end, in place of boundary."}
          .one_of(boundaries())
          .otherwise("\"reflecting\""),
      Key{"domain.*.upper_boundary", Kind::choice, "What happens at the upper end, in place of boundary."}
          .one_of(boundaries())
          .otherwise("\"reflecting\""),

      Key{"initial", Kind::table,
          "The law at time 0, for both roads. Give exactly one of gaussian, uniform, point, density."}
          .needed(),
      Key{"initial.gaussian", Kind::table, "Normal law; with sd it is conditioned on the domain."},
      Key{"initial.gaussian.mean", Kind::constants, "One for each variable."}.needed(),
      Key{"initial.gaussian.sd", Kind::constants, "Standard deviations of independent variables."}.within(
          {1e-100, 1e100}),
      Key{"initial.gaussian.covariance", Kind::constant_rows,
          "In place of sd: symmetric and positive definite, with at most a millionth of the mass outside the "
          "domain."},
      Key{"initial.uniform", Kind::table, "Constant density on a box inside the domain."},
      Key{"initial.uniform.lower", Kind::constants, "One for each variable."}.needed(),
      Key{"initial.uniform.upper", Kind::constants, "One for each variable, above lower."}.needed(),
      Key{"initial.point", Kind::constants, "All mass at one point of the domain."},
      Key{"initial.density", Kind::formula, "A density up to a factor, constant within each cell."},

      Key{"time", Kind::table, "How long, and when both roads meet to be compared."}.needed(),
      Key{"time.end", Kind::number, "Last time."}.needed().within(positive),
      Key{"time.observe", Kind::times,
          "Number of equally spaced times from 0 to end, at least 2; or increasing times, to which 0 and end "
          "are added where they lack."}
          .within({0})
          .otherwise(fmt::format("{}", preset_observations)),
  };
}

}  // namespace fpk::io::reader
