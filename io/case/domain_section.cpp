// [domain]: a box, one side for each variable.
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

struct CutSide {
  model::Side side;
  law::Axis axis;
};

std::optional<CutSide> read_side(Document& document, const Expressions& expressions,
                                 const std::string& variable, bool density_enabled,
                                 const std::optional<std::array<double, 2>>& found) {
  const std::string path = "domain." + variable;
  model::Side side{variable, 0, 1, read_face(document, path, "lower_boundary"),
                   read_face(document, path, "upper_boundary")};
  if ((side.lower_boundary == Boundary::periodic) != (side.upper_boundary == Boundary::periodic))
    document.complaints.add(document.place(path), fmt::format("{} is periodic at one face only", path),
                            "write boundary = \"periodic\", for both");
  for (const auto& [end, boundary] :
       {std::pair{"lower", side.lower_boundary}, {"upper", side.upper_boundary}})
    if (boundary != Boundary::reflecting && document.text_at(fmt::format("{}.{}", path, end)) == "auto")
      document.complaints.add(
          document.place(fmt::format("{}.{}", path, end)),
          fmt::format("{}.{} cannot be \"auto\" where the face is {}", path, end, model::name(boundary)),
          "say where it is: only the place of a face that the law does not reach is free");
  const auto axis = read_axis(document, expressions, variable, side.is_periodic(), density_enabled, found);
  if (!axis) return std::nullopt;
  side.lower = axis->lower();
  side.upper = axis->upper();
  return CutSide{side, *axis};
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

void complain_of_size(Document& document, const std::vector<law::Axis>& axes) {
  double total = 1;
  for (const auto& axis : axes) total *= static_cast<double>(axis.cells());
  if (total > most_cells)
    document.complaints.add(document.place("domain"), fmt::format("the grid has {:.3g} cells", total),
                            fmt::format("keep it below {:.3g}", most_cells));
}

/// domain = "auto": the box that was found, with reflecting faces, in equal cells.
Box whole_box(const Names& names, const FoundBox& found) {
  constexpr std::array<std::size_t, law::max_dimension> cells = {256, 128, 48};
  const std::size_t d = names.variables.size(), n = cells[std::min(d, cells.size()) - 1];
  Box box;
  for (std::size_t a = 0; a < d; ++a) {
    box.domain.sides.push_back({names.variables[a], found.lower[a], found.upper[a]});
    box.axes.emplace_back(names.variables[a], found.lower[a], found.upper[a], n);
  }
  return box;
}

}  // namespace

std::optional<Box> read_domain(Document& document, const Names& names, bool density_enabled,
                               const std::optional<FoundBox>& found) {
  if (document.text_at("domain") == "auto")
    return found ? std::optional(whole_box(names, *found)) : std::nullopt;
  if (document.table("domain") == nullptr) return std::nullopt;
  complain_of_strangers(document, names);
  const Expressions expressions(document, names.scope);
  Box box;
  for (std::size_t a = 0; a < names.variables.size(); ++a) {
    const std::string& variable = names.variables[a];
    const auto ends =
        found ? std::optional(std::array<double, 2>{found->lower[a], found->upper[a]}) : std::nullopt;
    if (!document.has("domain." + variable)) {
      document.complaints.add(document.place("domain"), fmt::format("domain has no side for {}", variable),
                              fmt::format("add {} = {{ lower = -1, upper = 1, cells = 128 }}", variable));
    } else if (document.table("domain." + variable) != nullptr) {
      if (const auto cut = read_side(document, expressions, variable, density_enabled, ends)) {
        box.domain.sides.push_back(cut->side);
        box.axes.push_back(cut->axis);
      }
    }
  }
  if (box.axes.size() != names.variables.size()) return std::nullopt;
  if (density_enabled) complain_of_size(document, box.axes);
  return box;
}

}  // namespace fpk::io::reader
