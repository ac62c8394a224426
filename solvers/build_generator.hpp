// From a process to its generator: the most exact discretisation that what is known of the process allows.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "model/domain.hpp"
#include "model/process.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

/// Blended face weights with exact cell weights where the process is reversible, with a rotation's fluxes on top where
/// it rotates, hybrid weights otherwise. Collective.
std::shared_ptr<const Generator> build_generator(const model::Process& process, const model::Domain& domain,
                                                 const law::GridPart& part, double t = 0);

/// The face weights that build_generator uses: "blended" or "hybrid".
std::string flux_name(const model::Process& process);

/// Order in the cell size that the discretisation has for smooth solutions: 2, or 1 where a variable has no
/// noise of its own, since its drift is then taken upwind.
int order_in_space(const model::Process& process);

/// The generator at any time; built once where the process does not depend on time.
using GeneratorAt = std::function<std::shared_ptr<const Generator>(double)>;
GeneratorAt generator_in_time(const model::Process& process, const model::Domain& domain,
                              const law::GridPart& part);

}  // namespace fpk::solvers
