// Laws as they are drawn, in a checkpoint.
#pragma once

#include "law/grid.hpp"
#include "parallel/archive.hpp"

namespace fpk::law {

inline void archive(parallel::Archive& archive, PlaneMarginal& plane) {
  archive.all(plane.edges_a, plane.edges_b, plane.masses);
}

}  // namespace fpk::law
