// The generator of dX = -grad L dt + sqrt(2 D) dW on cells: face weights in detailed balance with the exact
// cell weights pi_c = integral over c of exp(-L/D). Equations in solvers/flux/face_weight.hpp.
#pragma once

#include "model/domain.hpp"
#include "model/process.hpp"
#include "solvers/flux/face_weight.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

/// Collective. `process` must be reversible.
Rates reversible_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                       const FaceWeight& weight);

}  // namespace fpk::solvers
