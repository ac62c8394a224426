// Many independent chains of stochastic gradient descent: an ensemble on the whole space whose time counts steps.
#pragma once

#include "sde/ensemble.hpp"
#include "sde/sgd/gradient_chain.hpp"
#include "sde/sgd/twin_chain.hpp"

namespace fpk::sde {

struct ChainSettings {
  std::int64_t count = 100'000;
  std::uint64_t seed = 1;
  std::int64_t sweep = steps_in_cache;  ///< as of EnsembleSettings
  std::int64_t first_particle = 0;      ///< as of EnsembleSettings
  std::uint16_t rung = 0;               ///< of the random numbers (sde/noise/rungs.hpp)
};

/// Chains that start by the initial law of the parameters, or of parameters and velocities; at rest where it does not say, and
/// with the batch of time 0. Ensemble::advance takes them to a number of steps. Collective.
Ensemble chain_ensemble(const model::StochasticGradient& chain, const law::InitialLaw& initial,
                        const ChainSettings& settings, const parallel::Communicator& processes);

/// The same chains, each with its twin (sde/sgd/twin_chain.hpp) that starts at z_0 - zeta_0. `linearised` belongs to the chain and has as
/// many steps as will be taken. Collective.
Ensemble twin_ensemble(const model::StochasticGradient& chain, const law::InitialLaw& initial,
                       std::shared_ptr<const model::LinearisedChain> linearised,
                       const ChainSettings& settings, const parallel::Communicator& processes);

}  // namespace fpk::sde
