#include "solvers/faces.hpp"

namespace fpk::solvers {

Faces::Faces(const law::GridPart& part, const model::Domain& domain, std::size_t axis)
    : part_(part),
      axis_(axis),
      last_(part.grid().cells(axis) - 1),
      stride_(1),
      periodic_(domain.sides[axis].is_periodic()),
      partitioned_(axis + 1 == part.grid().dimension()) {
  for (std::size_t a = 0; a < axis; ++a) stride_ *= static_cast<std::ptrdiff_t>(part.grid().cells(a));
}

std::array<int, law::max_dimension> Faces::offset() const {
  std::array<int, law::max_dimension> one{};
  one[axis_] = 1;
  return one;
}

Join Faces::above(std::size_t cell) const {
  if (position(cell) < last_) return Join::neighbour;
  if (!periodic_) return Join::wall;
  return partitioned_ ? Join::neighbour : Join::link;  // along the last axis the halo closes the ring
}

bool Faces::at_lower_wall(std::size_t cell) const { return !periodic_ && position(cell) == 0; }

std::ptrdiff_t Faces::cell_above(std::size_t cell) const {
  const auto c = static_cast<std::ptrdiff_t>(cell);
  return above(cell) == Join::link ? c - static_cast<std::ptrdiff_t>(last_) * stride_ : c + stride_;
}

double Faces::width(std::size_t cell) const { return part_.grid().axis(axis_).width(position(cell)); }

double Faces::width_above(std::size_t cell) const {
  const std::size_t i = position(cell);
  return part_.grid().axis(axis_).width(i == last_ ? 0 : i + 1);
}

double Faces::distance(std::size_t cell) const {
  return 0.5 * width(cell) + (above(cell) == Join::wall ? 0 : 0.5 * width_above(cell));
}

law::NodeBox Faces::box(std::size_t cell) const {
  law::NodeBox box = law::cell_box(part_, cell);
  box.lower[axis_] = part_.grid().axis(axis_).center(position(cell));
  box.upper[axis_] = box.lower[axis_] + distance(cell);
  return box;
}

law::NodeBox Faces::lower_wall_box(std::size_t cell) const {
  law::NodeBox box = law::cell_box(part_, cell);
  box.upper[axis_] = part_.grid().axis(axis_).center(position(cell));
  return box;
}

law::NodeBox Faces::face_centre(std::size_t cell, bool upper) const {
  law::NodeBox box = law::cell_box(part_, cell);
  for (std::size_t a = 0; a < law::max_dimension; ++a)
    box.lower[a] = box.upper[a] =
        a != axis_ ? 0.5 * (box.lower[a] + box.upper[a]) : (upper ? box.upper[a] : box.lower[a]);
  return box;
}

law::TensorBoxes Faces::boxes() const {
  law::TensorBoxes boxes = law::cell_boxes(part_);
  const law::Axis& axis = part_.grid().axis(axis_);
  const std::size_t first = partitioned_ ? part_.first_plane() : 0;
  auto& along = boxes.of_axis[axis_];
  for (std::size_t i = 0; i < along.size(); ++i) {
    const std::size_t at = first + i;
    const bool wall = at == last_ && !periodic_;
    const double beyond = wall ? 0 : axis.width(at == last_ ? 0 : at + 1);
    along[i] = {axis.center(at), 0.5 * (axis.width(at) + beyond)};
  }
  if (periodic_) boxes.rings[axis_] = {axis.upper(), axis.length()};
  return boxes;
}

law::TensorBoxes Faces::wall_boxes(bool upper) const {
  law::TensorBoxes boxes = law::cell_boxes(part_);
  const law::Axis& axis = part_.grid().axis(axis_);
  auto& along = boxes.of_axis[axis_];
  const std::size_t at = upper ? last_ : 0, first = partitioned_ ? part_.first_plane() : 0;
  if (periodic_ || at < first || at >= first + along.size()) {
    along.clear();
  } else {
    const double half = 0.5 * axis.width(at);
    along.assign(1, {upper ? axis.center(at) : axis.lower(), half});
  }
  return boxes;
}

law::TensorBoxes Faces::wall_faces(bool upper) const {
  law::TensorBoxes faces = wall_boxes(upper);
  const law::Axis& axis = part_.grid().axis(axis_);
  for (auto& interval : faces.of_axis[axis_]) interval = {upper ? axis.upper() : axis.lower(), 0};
  return faces;
}

std::array<bool, law::max_dimension> Faces::wrap() const {
  std::array<bool, law::max_dimension> wrap{};
  wrap[axis_] = periodic_;
  return wrap;
}

}  // namespace fpk::solvers
