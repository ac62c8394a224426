// One level of a multilevel Monte Carlo estimate, as its samples tell of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "law/central_moments.hpp"

namespace fpk::verification {

/// Level l has paths of 2^l times as many steps as level 0. P_l is the observable on such a path.
struct Level {
  law::CentralMoments difference;  ///< P_l - P_{l-1} on one Brownian path; P_0 itself on level 0
  law::CentralMoments fine;        ///< P_l
  law::CentralMoments coarse;      ///< P_{l-1}, driven as the coarse path of this level; empty on level 0
  double cost = 0;                 ///< of one sample, in steps of a path, both paths of a pair counted
  /// Weak order that what these paths met allows: below the scheme's where a wall changed them.
  double order_allowed = std::numeric_limits<double>::infinity();

  [[nodiscard]] double samples() const { return difference.count; }
  Level& operator+=(const Level& batch);
};

/// The least of the order promised and of what the paths of the levels allow.
inline double order_of(const std::vector<Level>& levels, double promised) {
  for (const Level& level : levels) promised = std::min(promised, level.order_allowed);
  return promised;
}

/// `count` new samples of a level, numbers first, first + 1, ...; two calls never share one, and levels are independent.
using SampleLevel = std::function<Level(std::size_t level, std::int64_t first, std::int64_t count)>;

inline Level& Level::operator+=(const Level& batch) {
  difference += batch.difference;
  fine += batch.fine;
  coarse += batch.coarse;
  cost = batch.cost;
  order_allowed = std::min(order_allowed, batch.order_allowed);
  return *this;
}

}  // namespace fpk::verification
