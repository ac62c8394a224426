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

double Domain::wall(const Face& face) const {
  const Side& side = sides[face.axis];
  return face.upper ? side.upper : side.lower;
}

std::string Domain::name(const Face& face) const {
  return sides[face.axis].variable + (face.upper ? "_upper" : "_lower");
}

std::vector<Face> Domain::absorbing_faces() const {
  std::vector<Face> faces;
  for (std::size_t a = 0; a < sides.size(); ++a) {
    if (sides[a].lower_boundary == Boundary::absorbing) faces.push_back({a, false});
    if (sides[a].upper_boundary == Boundary::absorbing) faces.push_back({a, true});
  }
  return faces;
}

law::Grid Domain::grid(const std::vector<std::size_t>& cells) const {
  std::vector<law::Axis> axes;
  for (std::size_t a = 0; a < sides.size(); ++a)
    axes.emplace_back(sides[a].variable, sides[a].lower, sides[a].upper, cells.at(a));
  return law::Grid(std::move(axes));
}

}  // namespace fpk::model
