#include "solvers/flux/drift_flux.hpp"

#include <algorithm>
#include <array>

namespace fpk::solvers {
namespace {

constexpr std::array<DriftFlux, 3> table = {{
    {"hybrid", "central differences up to Peclet number 2, Scharfetter, Gummel 1969 beyond", true, false,
     hybrid_rates},
    {"bernoulli", "Scharfetter, Gummel 1969, eq. 6, on means between the centres", false, false,
     bernoulli_rates},
    {"chang-cooper", "Chang, Cooper 1970, coefficients at the face", false, true, bernoulli_rates},
}};

}  // namespace

std::span<const DriftFlux> drift_fluxes() { return table; }

const DriftFlux* find_drift_flux(std::string_view name) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [&](const auto& f) { return f.name == name; });
  return found == table.end() ? nullptr : found;
}

}  // namespace fpk::solvers
