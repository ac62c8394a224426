// What random numbers are drawn for. Each purpose has its own numbers; two uses never share one.
//
// The values are part of what makes a run repeatable: add at the end, never renumber.
#pragma once

#include <stdint.h>

namespace fpk::sde {

enum class Purpose : uint8_t {
  initial_position = 0,    ///< where a particle of an ensemble starts
  brownian_increment = 1,  ///< dW of an ensemble's steps
  coupled_position = 2,    ///< where a coupled pair starts
  coupled_increment = 3,   ///< dW of a coupled pair's fine steps
  exact_sample = 4,        ///< independent points of a law, to set an ensemble beside
  picture = 5,             ///< which particles are drawn
  sign = 6,                ///< +-1 of an ensemble's steps, where a scheme wants them
  decision = 7,            ///< uniform numbers of an ensemble's steps, as to accept a move
  observation = 8,         ///< increments of an ensemble's postprocessor
  coupled_sign = 9,
  coupled_decision = 10,
  coupled_observation = 11,
  crossing = 12,            ///< whether, and when, a path crossed a border between two steps
  coupled_crossing = 13,    ///< the same of both paths of a coupled pair
  batch = 14,               ///< rows of a minibatch, or the order of an epoch
  coupled_batch = 15,       ///< the same of a coupled pair
  chain_position = 16,      ///< where a chain of stochastic gradient descent starts
  chain_injection = 17,     ///< the noise injected into its steps
  gradient_noise = 18,      ///< rows of batches at a place, to look at their noise
  normal_points = 19,       ///< normal points that a statistic is set beside
  exact_chain_sample = 20,  ///< independent points of a law, to set chains beside
  held_out_rows = 24,       ///< which rows of a network's data are kept for tests
  random_direction = 25     ///< directions that gradients are projected on
};

}  // namespace fpk::sde
