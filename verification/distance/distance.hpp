// Distances between two laws, each given by its cell masses on one grid.
//
// Both arguments are cell masses on the same part; they are compared as laws with constant density in each
// cell. All functions are collective. Conventions: total variation is half the L1 distance; relative entropy
// is KL(p || q).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "law/grid.hpp"

namespace fpk::verification {

using Masses = std::span<const double>;

struct Distance {
  std::string_view name;        ///< as in result.json: "total_variation"
  std::string_view label;       ///< for people: "total variation"
  std::string_view definition;  ///< the formula, in words a report can print
  /// Of a small difference of the laws that it is proportional to: 2 for a divergence; 0 where there is none for practical
  /// purposes: the Wasserstein distance of order 2 of separate wells goes like the root of a difference before it is small.
  int power;
  double (*evaluate)(const law::GridPart& part, Masses p, Masses q);
};

/// All of them, in the order of the reports. A new distance is a file and a row of this table.
std::span<const Distance> distances();

}  // namespace fpk::verification
