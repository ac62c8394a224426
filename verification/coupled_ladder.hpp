// Samples shared out over a ladder of steps, until the order of the biases is known to a given half-width.
//
// With y_l = ln |d_l|, var(y_l) = r_l^2 / N_l and r_l = sd(P_{dt} - P_{dt/2}) / |d_l|, the fitted order is linear in the
// observations, p = sum_l a_l y_l. Its variance at the cost sum_l N_l C_l is least for (Lagrange)
//
//     N_l = |a_l| r_l / sqrt(C_l) * sum_k |a_k| r_k sqrt(C_k) / var(p)
//
// with the a_l of the fit that these N_l weight: found by going there in rounds. The fit has the next term of the bias where
// the budget affords the half-width with it, and where one power does not fit; else it is a straight line, and a ladder that is
// a little pre-asymptotic may hide in it (order.hpp). A rung keeps at least so many samples that it stands clear of its noise by
// ten standard errors: the ends alone tell a slope, but not that the ladder is pre-asymptotic.
#pragma once

#include "verification/multilevel/level.hpp"
#include "verification/order.hpp"

namespace fpk::verification {

struct LadderSettings {
  std::vector<double> steps;  ///< of the coarse paths, decreasing
  double promised = 1;        ///< order; where noise hides a bias it is expected to have fallen with it
  double gap = 1;             ///< of the next power of the bias (bias_design.hpp)
  double half_width = 0;      ///< of the 95 % interval of the order
  double budget = 0;          ///< greatest cost, in steps of paths
  std::int64_t first_batch = 16384;  ///< of every rung
  std::int64_t grain = 4096;         ///< batches are multiples of it
};

struct SampledLadder {
  std::vector<Level> rungs;  ///< coarse paths with the step of the rung, fine ones with half of it
  OrderVerdict verdict;
  double cost = 0;
};

/// The verdict says where the budget ended first.
SampledLadder sampled_ladder(const LadderSettings& settings, const SampleLevel& sample);

/// What an order is fitted to: d_l = E P_{dt} - E P_{dt/2} with its standard error.
std::vector<Rung> biases(const std::vector<double>& steps, const std::vector<Level>& rungs);

}  // namespace fpk::verification
