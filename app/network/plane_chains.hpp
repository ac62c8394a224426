// Many chains from one place, seen on a plane through it: free ones, and the same ones held on the plane.
#pragma once

#include <functional>

#include "io/network_record.hpp"
#include "parallel/communicator.hpp"
#include "sde/network/descent.hpp"

namespace fpk::app {

struct PlaneChains {
  /// At each observation, a column for each chain; the same on every process.
  std::vector<Eigen::MatrixXd> free, frozen;
  std::vector<Eigen::RowVectorXd> rest;  ///< distance of the free chain from the plane
  /// Of the first few chains, at the end: the gradient along the plane where the chain is, and where the rest is frozen.
  Eigen::MatrixXd free_gradient, frozen_gradient;
};

/// Chains `first_number` on. `gradients`: of how many chains the gradients at the end are wanted. `tick` is called after each
/// chain, by whatever thread. Collective.
PlaneChains plane_chains(const model::SampledLoss& loss, const sde::Plane& plane,
                         const sde::DescentSettings& settings, std::uint64_t first_number, std::size_t count,
                         const std::vector<std::uint64_t>& steps, std::size_t gradients,
                         const parallel::Communicator& processes, const std::function<void()>& tick = {});

/// What the rest does to the gradient along the plane, at the ends of chains, beside what was predicted of its mean.
io::ForceErrorRecord force_error(const PlaneChains& chains, const Eigen::VectorXd& predicted);

}  // namespace fpk::app
