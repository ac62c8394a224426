// How the faces of the box absorb paths, and what that leaves of a scheme's weak order.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "model/domain.hpp"
#include "sde/draws.hpp"

namespace fpk::sde {

enum class Absorption : std::uint8_t {
  bridge,  ///< a path may have been beyond the wall between two steps, with the probability of a Brownian bridge
  end_of_step  ///< only where a step ends
};

std::string_view name(Absorption absorption);  ///< as in a case: "end-of-step"
/// All kinds, in the order of the enumeration.
std::span<const Absorption> absorptions();

/// Whether the law of a bridge is that of the paths between two steps: it is the bridge of normal increments.
bool sees_crossings(Absorption absorption, NoiseKind increments);

/// Weak order that the faces of a box allow a scheme: no limit where none absorbs; 1 by the bridge on normal increments; 1/2 at
/// the end of a step, where excursions between are missed, and 1/2 on increments of two or three points, whose walk stays
/// away from a wall by a multiple of sqrt(dt) that no bridge knows. (Gobet 2000, Stoch. Proc. Appl. 87, theorems 2.3 and
/// 2.4, of Euler's scheme)
double weak_order_of(Absorption absorption, NoiseKind increments, const model::Domain& domain);

}  // namespace fpk::sde
