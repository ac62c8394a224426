// Stochastic gradient descent as a scheme: what model/sgd/stochastic_gradient.hpp defines, a block of chains at a time, on rows and
// increments that it is given.
//
// Its own clock counts steps: it goes from step n to n + 1 with dt = 1, on injected increments of variance 1. A chain with momentum
// has velocities behind its parameters, in units of time, v / h; a batch that grows is a last coordinate.
//
//     state      theta_1 ... theta_d  [ v_1/h ... v_d/h ]  [ b ]
#pragma once

#include "formula/program.hpp"
#include "model/sgd/stochastic_gradient.hpp"
#include "sde/scheme.hpp"
#include "sde/sgd/batch_gradient.hpp"

namespace fpk::sde {

class GradientChain : public Scheme {
 public:
  explicit GradientChain(model::StochasticGradient chain);

  /// The coordinates of a state, by name: those of the parameters are the parameters' own.
  [[nodiscard]] std::vector<std::string> variables() const;
  [[nodiscard]] const model::StochasticGradient& chain() const { return chain_; }

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  [[nodiscard]] DrawCounts draws() const override;
  void step(std::span<double* const> x, double n, double one, const Draws& draws,
            Scratch& scratch) const override;

 private:
  class Place;
  void set_own_gradients(std::span<double* const> at, std::span<const std::uint32_t* const> rows,
                         Place& place) const;
  /// u, D and b of a time.
  struct Rates {
    double schedule, temperature;
    std::size_t batch;
  };
  const Rates& rates_at(double t, Place& place) const;
  void grow_batches(Place& place, double* batch) const;

  model::StochasticGradient chain_;
  std::size_t dimension_;
  BatchGradient batch_gradient_;
  formula::Program regulariser_;  ///< its gradient, of the parameters
  formula::Program schedules_;    ///< of t: u, b, D
  bool is_regular_, is_injected_, changes_;
};

}  // namespace fpk::sde
