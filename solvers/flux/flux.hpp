// Everything that `density.flux` may name: the face weights of a potential and the fluxes of a drift, in one list.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "model/process.hpp"

namespace fpk::solvers {

struct Flux {
  std::string_view name, source;
  bool needs_potential;  ///< otherwise it knows the drift and the noise alone
  bool keeps_gibbs;      ///< the exact cell-averaged Gibbs law is its equilibrium
};

/// The most exact flux that what is known of a process allows.
inline constexpr std::string_view best_flux = "auto";

/// In the order of the documentation.
const std::vector<Flux>& fluxes();
const Flux* find_flux(std::string_view name);

/// The one that runs: the one asked for, or for "auto" blended weights where there is a potential, the hybrid flux
/// elsewhere. Throws std::invalid_argument where there is none of that name, or the process has no potential for it.
const Flux& flux_of(const model::Process& process, std::string_view asked = best_flux);

}  // namespace fpk::solvers
