// The gradient flow d theta/dt = -grad L(theta): the path that the mean of stochastic gradient descent takes as its learning rate goes
// to 0. Boost.Odeint's Dormand-Prince steps of fifth order with dense output (Hairer, Norsett, Wanner 1993, section II.5).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "formula/formula.hpp"

namespace fpk::solvers {

struct FlowPoint {
  double time = 0;
  double length = 0;  ///< of the path up to here
  std::vector<double> at;
};

/// `points` >= 2 points at equal distances along the path from `start` to where the flow is at time `end`, or where its slope has
/// fallen to 1e-8 of the first. Throws SolverError where the path ceases to be finite or a million steps do not reach the end.
std::vector<FlowPoint> gradient_flow(const formula::Formula& L, const std::vector<std::string>& variables,
                                     std::span<const double> start, double end, std::size_t points);

}  // namespace fpk::solvers
