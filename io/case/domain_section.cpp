// [domain]: a box, one side for each variable, cut into equal cells.
#include <fmt/format.h>

#include <algorithm>

#include "io/case/sections.hpp"

namespace fpk::io::reader {
namespace {

using model::Boundary;

/// Cells of a grid that memory can hold: about 100 bytes each while a density is propagated.
constexpr double most_cells = 1 << 28;

Boundary boundary_named(std::string_view word) {
  for (const Boundary boundary : {Boundary::periodic, Boundary::absorbing})
    if (model::name(boundary) == word) return boundary;
  return Boundary::reflecting;
}

/// The boundary of one face: said for both faces, or for this one.
Boundary read_face(Document& document, const std::string& path, const std::string& face) {
  const auto both = document.text_at(path + ".boundary");
  const auto own = document.text_at(path + "." + face);
  if (both && own)
    document.complaints.add(document.place_of_key(path, face),
                            fmt::format("{} has both boundary and {}", path, face),
                            "keep boundary for both faces, or lower_boundary and upper_boundary");
  return boundary_named(own ? *own : both.value_or("reflecting"));
}

std::optional<model::Side> read_side(Document& document, const Expressions& expressions,
                                     const std::string& variable) {
  const std::string path = "domain." + variable;
  const auto lower = expressions.constant(path + ".lower"), upper = expressions.constant(path + ".upper");
  const model::Side side{variable, lower.value_or(0), upper.value_or(1),
                         read_face(document, path, "lower_boundary"),
                         read_face(document, path, "upper_boundary")};
  if ((side.lower_boundary == Boundary::periodic) != (side.upper_boundary == Boundary::periodic))
    document.complaints.add(document.place(path), fmt::format("{} is periodic at one face only", path),
                            "write boundary = \"periodic\", for both");
  if (!lower || !upper) return std::nullopt;
  if (*lower < *upper) return side;
  document.complaints.add(document.place(path + ".upper"),
                          fmt::format("{}.upper = {} is not above lower = {}", path, *upper, *lower),
                          "exchange them, or widen the domain");
  return std::nullopt;
}

std::optional<std::size_t> read_cells(Document& document, const std::string& variable, bool density_enabled) {
  const std::string path = "domain." + variable + ".cells";
  if (const auto cells = document.integer_at(path)) return static_cast<std::size_t>(*cells);
  if (document.has(path)) return std::nullopt;
  if (!density_enabled) return preset_cells;
  document.complaints.add(document.place("domain." + variable),
                          fmt::format("domain.{} lacks cells", variable),
                          "add for example cells = 128, or set density.enabled = false");
  return std::nullopt;
}

void complain_of_strangers(Document& document, const Names& names) {
  for (const std::string& name : document.names_in("domain")) {
    if (std::ranges::count(names.variables, name) > 0) continue;
    const auto nearest = formula::nearest_name(name, names.variables);
    document.complaints.add(document.place_of_key("domain", name), fmt::format("{} is no variable", name),
                            nearest ? fmt::format("did you mean {}?", *nearest)
                                    : fmt::format("the variables are {}", fmt::join(names.variables, ", ")));
  }
}

void complain_of_size(Document& document, const std::vector<std::size_t>& cells) {
  double total = 1;
  for (const std::size_t n : cells) total *= static_cast<double>(n);
  if (total > most_cells)
    document.complaints.add(document.place("domain"), fmt::format("the grid has {:.3g} cells", total),
                            fmt::format("keep it below {:.3g}", most_cells));
}

}  // namespace

std::optional<Box> read_domain(Document& document, const Names& names, bool density_enabled) {
  if (document.table("domain") == nullptr) return std::nullopt;
  complain_of_strangers(document, names);
  const Expressions expressions(document, names.scope);
  Box box;
  for (const std::string& variable : names.variables) {
    if (!document.has("domain." + variable)) {
      document.complaints.add(document.place("domain"), fmt::format("domain has no side for {}", variable),
                              fmt::format("add {} = {{ lower = -1, upper = 1, cells = 128 }}", variable));
    } else if (document.table("domain." + variable) != nullptr) {
      const auto side = read_side(document, expressions, variable);
      const auto cells = read_cells(document, variable, density_enabled);
      if (side && cells) {
        box.domain.sides.push_back(*side);
        box.cells.push_back(*cells);
      }
    }
  }
  if (box.cells.size() != names.variables.size()) return std::nullopt;
  if (density_enabled) complain_of_size(document, box.cells);
  return box;
}

}  // namespace fpk::io::reader
