// Where a network's training begins: which rows are held out, and random weights.
#pragma once

#include "model/network/two_layer_network.hpp"
#include "sde/noise/counter.hpp"

namespace fpk::sde {

/// The rows in a random order that depends on the seed alone: the first `held_out` are kept for tests, the others trained on.
struct Split {
  model::LabelledRows training, held_out;
};
Split split(const model::LabelledRows& data, std::size_t held_out, std::uint64_t seed);

/// Weights N(0, 1/(inputs of the unit)), biases 0 (LeCun, Bottou, Orr, Mueller 1998, section 4.6). Of the chain `number`.
Eigen::VectorXd random_weights(const model::TwoLayerNetwork& net, std::uint64_t number, std::uint64_t seed);

}  // namespace fpk::sde
