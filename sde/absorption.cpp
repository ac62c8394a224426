#include "sde/absorption.hpp"

#include <array>
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

double weak_order_of(Absorption absorption, NoiseKind increments, const model::Domain& domain) {
  if (domain.is_closed()) return std::numeric_limits<double>::infinity();
  return absorption == Absorption::bridge && weak_order_of(increments) > 2 ? 1 : 0.5;
}

}  // namespace fpk::sde
