// One step of stochastic gradient descent as a finite sum over its batches, in place of random rows.
//
//     E f(theta') = sum over batches B of P(B) f(theta - eta g_B(theta) + ...)
//
//     with replacement       multisets of b rows of N:  P = b! / (prod_k n_k!) N^-b      C(N + b - 1, b) of them
//     without replacement    subsets:                   P = 1 / C(N, b)                  C(N, b)
//     SVAG                   pairs of these
//
// times Gauss and Hermite's nodes for injected noise. The chain that runs is the one that is driven: GradientChain, with the rows of
// each batch in place of drawn ones.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sde/quadrature/step_quadrature.hpp"
#include "sde/sgd/gradient_chain.hpp"

namespace fpk::sde {

class ChainOutcomes {
 public:
  /// Why a step is no finite sum that can be taken; empty where it can.
  static std::string refusal(const model::StochasticGradient& chain);

  explicit ChainOutcomes(const model::StochasticGradient& chain);
  [[nodiscard]] const GradientChain& chain() const { return chain_; }

  /// Tells `reach` the outcomes of step number n from each of the points, with `nodes` for each injected number. Thread-safe.
  void step(std::span<const law::Point> from, std::int64_t n, std::size_t nodes, const Reach& reach) const;

 private:
  struct Batch {
    std::vector<std::uint32_t> rows;  ///< one batch after the other
    double probability;
  };
  [[nodiscard]] const std::vector<Batch>& batches(std::size_t size) const;

  GradientChain chain_;
  std::map<std::size_t, std::vector<Batch>> batches_;  ///< by the size of a batch
};

}  // namespace fpk::sde
