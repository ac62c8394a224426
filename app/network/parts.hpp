// The parts of fpk network, each in a file of its own, in the order in which they are done:
//
//     train  ->  polish  ->  Hessian's leading directions  ->  gradient noise along directions  ->  reduction to a plane
#pragma once

#include "io/network_record.hpp"
#include "io/network_settings.hpp"
#include "io/progress.hpp"
#include "model/network/two_layer_network.hpp"
#include "parallel/communicator.hpp"
#include "sde/network/descent.hpp"
#include "verification/claim.hpp"

namespace fpk::app {

/// What every part needs.
struct NetworkTask {
  const io::NetworkSettings& settings;
  const model::TwoLayerNetwork& net;  ///< on the rows trained on
  const model::LabelledRows& held_out;
  const parallel::Communicator& processes;
  io::Progress::Style progress;
};

/// Chains from random weights, without and with injected noise; shared among processes and threads. Returns the end of the first
/// chain without. Collective.
Eigen::VectorXd train(const NetworkTask& task, io::TrainingRecord& record);

/// Heavy-ball descent of full gradients with learning rate 1/lambda_1 and momentum 0.9 (Polyak 1964).
Eigen::VectorXd polish(const NetworkTask& task, Eigen::VectorXd theta, io::TrainedPointRecord& record);

struct LeadingDirections {
  Eigen::VectorXd values;   ///< descending
  Eigen::MatrixXd vectors;  ///< orthonormal columns
};
/// Of the Hessian of the loss at theta.
LeadingDirections leading_directions(const model::SampledLoss& loss, const Eigen::VectorXd& theta,
                                     std::size_t count, io::HessianRecord& record);

/// Normality of batch gradients along the two leading directions and random ones.
void look_at_noise(const NetworkTask& task, const Eigen::VectorXd& theta, const LeadingDirections& leading,
                   io::NetworkNoiseRecord& record);

/// The Fokker-Planck equation on the plane of the two leading directions through theta, against chains. Collective.
/// `noise_trace`: tr Sigma at theta.
void reduce(const model::SampledLoss& loss, const io::ReductionSettings& settings, std::uint64_t seed,
            const Eigen::VectorXd& theta, const LeadingDirections& leading, double noise_trace,
            const parallel::Communicator& processes, io::Progress::Style progress,
            io::ReductionRecord& record);

std::vector<verification::Claim> network_claims(const io::NetworkRecord& record);
std::vector<std::string> network_notes(const io::NetworkRecord& record);

}  // namespace fpk::app
