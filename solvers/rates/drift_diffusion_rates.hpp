// The generator of dX = b dt + sigma dW with diagonal a = sigma sigma^T / 2, on cells. In the direction of
// axis k
//
//     flux_k = b_k p - d(a_kk p)/dx_k = (b_k - da_kk/dx_k) p - a_kk dp/dx_k = beta_k p - a_kk dp/dx_k (Ito)
//
// with beta and a averaged over the cross section and the line between the centres (Gauss, four nodes along
// each), or taken at the face, and the rates of solvers/flux/drift_flux.hpp. Second order where a > 0; positive for
// every drift.
#pragma once

#include "model/domain.hpp"
#include "model/process.hpp"
#include "solvers/flux/drift_flux.hpp"
#include "solvers/generator.hpp"

namespace fpk::solvers {

/// At time `t`. Collective. Throws std::invalid_argument where the diffusion is not diagonal.
Rates drift_diffusion_rates(const model::Process& process, const model::Domain& domain,
                            const law::GridPart& part, double t,
                            const DriftFlux& flux = drift_fluxes().front());

}  // namespace fpk::solvers
