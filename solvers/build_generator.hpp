// From a process to its generator: the most exact discretisation that what is known of the process allows.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "model/domain.hpp"
#include "model/process.hpp"
#include "solvers/flux/flux.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

/// With the flux asked for (solvers/flux/flux.hpp); "auto": blended face weights with exact cell weights where the
/// process has a potential, hybrid weights otherwise. A rotation's fluxes come on top of the face weights. Collective.
std::shared_ptr<const Generator> build_generator(const model::Process& process, const model::Domain& domain,
                                                 const law::GridPart& part, double t = 0,
                                                 std::string_view flux = best_flux);

/// The name of the flux that build_generator uses.
std::string flux_name(const model::Process& process, std::string_view flux = best_flux);

/// Order in the cell size that the discretisation has for smooth solutions: 2, or 1 where a variable has no noise
/// of its own and the flux is one that does not limit: its drift is then taken upwind.
int order_in_space(const model::Process& process, std::string_view flux = best_flux);

/// The generator at any time; built once where the process does not depend on time.
using GeneratorAt = std::function<std::shared_ptr<const Generator>(double)>;
GeneratorAt generator_in_time(const model::Process& process, const model::Domain& domain,
                              const law::GridPart& part, std::string_view flux = best_flux);

}  // namespace fpk::solvers
