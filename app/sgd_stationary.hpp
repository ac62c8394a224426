// The long run of stochastic gradient descent: its covariance against three theories, and its law against Gibbs laws and the diffusion's
// own (docs/sgd-stationary.md).
#pragma once

#include <optional>
#include <vector>

#include "app/references.hpp"
#include "app/sgd_road.hpp"
#include "io/sgd_stationary_record.hpp"
#include "verification/claim.hpp"

namespace fpk::app {

/// At the time that the chains have reached. Nothing where the chain is not steady or its loss has no minimum. Collective.
std::optional<io::SgdStationaryRecord> sgd_stationary(const io::Case& problem, const SgdRoad& chains,
                                                      const law::GridPart& part,
                                                      const References& references);

/// The covariance of the chains against the exact one of their finite step; nothing where that is not known, or where the chains still
/// remember their start.
std::optional<verification::Claim> sgd_stationary_claim(const io::SgdStationaryRecord& record);

}  // namespace fpk::app
