// A box with one boundary for each face.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "law/grid.hpp"

namespace fpk::model {

enum class Boundary {
  reflecting,  ///< no probability flux; particles are brought back along the conormal
  periodic,    ///< what leaves on one side enters on the other (both faces of an axis, or neither)
  absorbing    ///< p = 0; particles that cross are gone
};

std::string_view name(Boundary boundary);

struct Side {
  std::string variable;
  double lower = 0, upper = 1;
  Boundary lower_boundary = Boundary::reflecting, upper_boundary = Boundary::reflecting;
  [[nodiscard]] double length() const { return upper - lower; }
  [[nodiscard]] bool is_periodic() const { return lower_boundary == Boundary::periodic; }
};

struct Domain {
  std::vector<Side> sides;  ///< one for each variable
  [[nodiscard]] std::size_t dimension() const { return sides.size(); }
  [[nodiscard]] bool is_closed() const;  ///< no face absorbs: mass is conserved
  /// A grid of this box with `cells[a]` equal cells along each axis.
  [[nodiscard]] law::Grid grid(const std::vector<std::size_t>& cells) const;
};

/// Room for everything that is finite, in these variables: a box without walls that a path could meet.
Domain whole_space(const std::vector<std::string>& variables);

}  // namespace fpk::model
