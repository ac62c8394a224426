// The generator of dX = b dt + sigma dW with a full tensor a = sigma sigma^T / 2 that may vary (Ito).
//
//     rate(x -> x +- h e) = rho_e(x) (1 +- w_e(x) / 2)      b, a averaged over the cell that is left
//
// with offsets, weights and their source as in solvers/flux/departures.hpp. The forward operator is the transpose, so it
// is positive and conservative and has no derivative of a in it. Cells may follow a smooth map:
// solvers/rates/tensor_coefficients.hpp. Jumps that meet a wall: solvers/rates/landing.hpp, along_wall.hpp; one that is
// absorbed at the share theta of its way has the rate of a jump of that length, rho_e (1/theta +- w_e/2).
//
// Where noise is of lower rank than the space has dimensions, or too anisotropic for jumps of a bounded length, what is
// missing is in the generator's limited fluxes: solvers/flux/limited_flux.hpp.
#pragma once

#include "model/domain.hpp"
#include "model/process.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

/// At time `t`. Collective. Throws SolverError where the widths of neighbouring cells jump.
Rates tensor_rates(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                   double t);

}  // namespace fpk::solvers
