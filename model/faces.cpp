#include "model/faces.hpp"

namespace fpk::model {

double wall(const Domain& domain, const Face& face) {
  const Side& side = domain.sides[face.axis];
  return face.upper ? side.upper : side.lower;
}

std::string name(const Domain& domain, const Face& face) {
  return domain.sides[face.axis].variable + (face.upper ? "_upper" : "_lower");
}

std::vector<Face> absorbing_faces(const Domain& domain) {
  std::vector<Face> faces;
  for (std::size_t a = 0; a < domain.sides.size(); ++a) {
    if (domain.sides[a].lower_boundary == Boundary::absorbing) faces.push_back({a, false});
    if (domain.sides[a].upper_boundary == Boundary::absorbing) faces.push_back({a, true});
  }
  return faces;
}

}  // namespace fpk::model
