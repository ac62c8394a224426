// Where the faces of a part are: between which centres, or at which wall.
//
//      o------|------o           o---]          [---o
//     centre face  centre      upper wall    lower wall
//
#pragma once

#include "law/quadrature.hpp"
#include "law/tensor_boxes.hpp"
#include "model/domain.hpp"

namespace fpk::solvers {

enum class Join {
  neighbour,  ///< cell c + stride
  link,       ///< the axis closes on itself, inside this process
  wall        ///< the grid ends
};

/// The faces across one axis of a part, each named by the cell below it.
class Faces {
 public:
  Faces(const law::GridPart& part, const model::Domain& domain, std::size_t axis);

  [[nodiscard]] std::size_t axis() const { return axis_; }
  [[nodiscard]] std::ptrdiff_t stride() const { return stride_; }
  [[nodiscard]] std::array<int, law::max_dimension> offset() const;  ///< one cell along the axis
  [[nodiscard]] Join above(std::size_t cell) const;
  [[nodiscard]] bool at_lower_wall(std::size_t cell) const;
  /// Local cell above the face: in the halo where another process (or the periodic end) holds it.
  [[nodiscard]] std::ptrdiff_t cell_above(std::size_t cell) const;
  [[nodiscard]] double width(std::size_t cell) const;        ///< of the cell across the face
  [[nodiscard]] double width_above(std::size_t cell) const;  ///< of the cell above the face
  [[nodiscard]] double distance(std::size_t cell) const;     ///< between the centres; to the wall at a wall
  /// Cross section of the cell times the line between the centres (from the centre to the wall at a wall).
  [[nodiscard]] law::NodeBox box(std::size_t cell) const;
  [[nodiscard]] law::NodeBox lower_wall_box(std::size_t cell) const;  ///< from the wall up to the centre
  /// The middle of the face at the upper or lower edge of the cell, as a box without extent.
  [[nodiscard]] law::NodeBox face_centre(std::size_t cell, bool upper) const;
  // The same for all cells of the part, and for the cells at a wall, in the order of the cells.
  [[nodiscard]] law::TensorBoxes boxes() const;
  [[nodiscard]] law::TensorBoxes wall_boxes(bool upper) const;
  [[nodiscard]] law::TensorBoxes wall_faces(bool upper) const;  ///< without thickness
  [[nodiscard]] std::array<bool, law::max_dimension> wrap() const;

 private:
  [[nodiscard]] std::size_t position(std::size_t cell) const { return part_.index(cell)[axis_]; }
  const law::GridPart& part_;
  std::size_t axis_, last_;
  std::ptrdiff_t stride_;
  bool periodic_, partitioned_;
};

}  // namespace fpk::solvers
