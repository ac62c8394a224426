#include "model/domain.hpp"

#include <algorithm>

namespace fpk::model {

std::string_view name(Boundary boundary) {
  switch (boundary) {
    case Boundary::reflecting:
      return "reflecting";
    case Boundary::periodic:
      return "periodic";
    case Boundary::absorbing:
      return "absorbing";
  }
  return "";
}

bool Domain::is_closed() const {
  return std::none_of(sides.begin(), sides.end(), [](const Side& s) {
    return s.lower_boundary == Boundary::absorbing || s.upper_boundary == Boundary::absorbing;
  });
}

Domain whole_space(const std::vector<std::string>& variables) {
  constexpr double far = 1e300;
  Domain domain;
  for (const auto& v : variables) domain.sides.push_back({.variable = v, .lower = -far, .upper = far});
  return domain;
}

law::Grid Domain::grid(const std::vector<std::size_t>& cells) const {
  std::vector<law::Axis> axes;
  for (std::size_t a = 0; a < sides.size(); ++a)
    axes.emplace_back(sides[a].variable, sides[a].lower, sides[a].upper, cells.at(a));
  return law::Grid(std::move(axes));
}

}  // namespace fpk::model
