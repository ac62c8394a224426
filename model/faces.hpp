// The faces of a box, by number and by name.
#pragma once

#include "model/domain.hpp"

namespace fpk::model {

/// One end of one axis.
struct Face {
  std::size_t axis = 0;
  bool upper = false;
};

/// Where it stands on its axis.
double wall(const Domain& domain, const Face& face);

/// "x_lower": the variable and the end of its axis.
std::string name(const Domain& domain, const Face& face);

/// Those that absorb, axis by axis, the lower end first.
std::vector<Face> absorbing_faces(const Domain& domain);

}  // namespace fpk::model
