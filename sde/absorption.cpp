#include "sde/absorption.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "sde/scheme.hpp"

namespace fpk::sde {
namespace {

constexpr std::array kinds{Absorption::bridge, Absorption::end_of_step};

}  // namespace

std::string_view name(Absorption absorption) {
  return absorption == Absorption::bridge ? "bridge" : "end-of-step";
}

std::span<const Absorption> absorptions() { return kinds; }

bool sees_crossings(Absorption absorption, NoiseKind increments) {
  return absorption == Absorption::bridge && std::isinf(weak_order_of(increments));
}

double weak_order_of(Absorption absorption, NoiseKind increments, const model::Domain& domain) {
  if (domain.is_closed()) return std::numeric_limits<double>::infinity();
  return sees_crossings(absorption, increments) ? 1 : 0.5;
}

}  // namespace fpk::sde
