// A step of a scheme as a finite sum over its outcomes, in place of random numbers.
//
// The scheme that the particles use is driven with nodes for its numbers (sde/draws.hpp): those of Gauss and Hermite for normal
// increments, the two or three points where the increments have no more, both signs. The probability of an outcome is the
// product of their weights. A step that ends in a decision (Metropolis) has two outcomes for these numbers: the proposal, with the
// probability of accepting it, and staying (Scheme::propose). The walls then do to an outcome what they do to a particle.
//
// Quadrature with smooth weights is exact to round-off only where the outcome is a smooth function of the increment. Where one
// increment moves one variable, the integral is cut at the increments that lead to a wall and at those from which on a proposal may
// be refused, and every piece has nodes of Gauss and Legendre (sde/quadrature/branches.hpp).
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "law/gauss.hpp"
#include "law/grid.hpp"
#include "sde/motion.hpp"
#include "sde/quadrature/branches.hpp"

namespace fpk::sde {

/// Takes an outcome of a step from point `from`, with its probability.
using Reach = std::function<void(std::size_t from, const law::Point& to, double probability)>;

class Lanes;

class StepQuadrature {
 public:
  /// `nodes` for each normal increment; the scheme must outlive it. At most three variables. Throws std::invalid_argument
  /// where a step asks for more outcomes than a million, or for uniform numbers without a decision to integrate over.
  StepQuadrature(const Scheme& scheme, const model::Process& process, const model::Domain& domain,
                 NoiseKind kind, std::size_t nodes);

  /// All outcomes of a step from time t to t + dt from each of the points, but those that end on an absorbing face. One that is
  /// not finite is NaN. Thread-safe.
  void step(std::span<const law::Point> from, double t, double dt, const Reach& reach) const;
  /// What is observed of each of the points, in the same way; nothing is absorbed.
  void observe(std::span<const law::Point> from, double t, double dt, const Reach& reach) const;

 private:
  /// Numbers of one step, increments of variance 1, with their probability.
  struct Outcome {
    std::vector<double> dW, signs;
    double probability = 1;
  };
  static void tell(const Lanes& lanes, std::size_t lane, std::span<const law::Point> from,
                   const Reach& reach);
  void take(std::span<const law::Point> from, double dt, Lanes& lanes,
            const std::function<void()>& run) const;
  [[nodiscard]] std::vector<long> branches(const std::vector<Trial>& trials, std::span<const law::Point> from,
                                           double t, double dt) const;

  const Scheme& scheme_;
  model::Domain domain_;
  Walls walls_;
  std::size_t nodes_;
  bool in_pieces_;
  std::vector<Outcome> outcomes_;
};

}  // namespace fpk::sde
