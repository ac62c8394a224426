// Stochastic gradient descent and, beside each chain, its twin: the chain linearised about the path of full gradient descent
// (model/sgd/linearised_chain.hpp), moved by the same rows and the same injected numbers.
//
//     state     z_1 ... z_D   delta_1 ... delta_D            z: what GradientChain moves
//
//     delta <- A_n delta - R (u nu_n - s xi),      nu_n = (1/b) sum over the rows k of the batch of (g_k - grad L)(phi_n)
//
// nu_n is looked up in the table of all rows' gradients at phi_n, so that a twin costs a gather of d numbers a row. Control variates
// are made of delta, whose mean and covariance are known: app/sgd_sampling.hpp.
#pragma once

#include "model/sgd/linearised_chain.hpp"
#include "sde/sgd/gradient_chain.hpp"

namespace fpk::sde {

class TwinChain : public Scheme {
 public:
  /// Of no more steps than `linearised` has.
  TwinChain(model::StochasticGradient chain, std::shared_ptr<const model::LinearisedChain> linearised);

  /// Those of the chain, and behind them "twin of NAME" for each.
  [[nodiscard]] std::vector<std::string> variables() const;

  [[nodiscard]] std::unique_ptr<Scratch> scratch() const override;
  [[nodiscard]] DrawCounts draws() const override { return chain_.draws(); }
  void step(std::span<double* const> x, double n, double one, const Draws& draws,
            Scratch& scratch) const override;

 private:
  class Place;
  void set_kick(const model::LinearisedChain::Step& s, const Draws& draws, Place& place) const;

  GradientChain chain_;
  std::shared_ptr<const model::LinearisedChain> linearised_;
};

/// The name of the twin of a coordinate.
std::string twin_name(const std::string& variable);

}  // namespace fpk::sde
