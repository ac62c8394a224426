#include "solvers/flux/flux.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "solvers/flux/drift_flux.hpp"
#include "solvers/flux/face_weight.hpp"

namespace fpk::solvers {

const std::vector<Flux>& fluxes() {
  static const std::vector<Flux> all = [] {
    std::vector<Flux> list;
    for (const auto& w : face_weights())
      list.push_back({w.name, w.source, true, w.energy == Energy::cell_average});
    for (const auto& f : drift_fluxes()) list.push_back({f.name, f.source, false, false});
    return list;
  }();
  return all;
}

const Flux* find_flux(std::string_view name) {
  const auto found = std::ranges::find(fluxes(), name, &Flux::name);
  return found == fluxes().end() ? nullptr : &*found;
}

const Flux& flux_of(const model::Process& process, std::string_view asked) {
  const bool potential = process.potential() != nullptr;
  if (asked == best_flux)
    return *find_flux(potential ? face_weights().front().name : drift_fluxes().front().name);
  const Flux* found = find_flux(asked);
  if (found == nullptr) throw std::invalid_argument("there is no flux called " + std::string(asked));
  if (found->needs_potential && !potential)
    throw std::invalid_argument("the flux " + std::string(asked) + " needs a potential");
  return *found;
}

}  // namespace fpk::solvers
