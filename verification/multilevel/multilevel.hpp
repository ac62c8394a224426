// Multilevel Monte Carlo: an expectation to a given root-mean-square error at the least cost,
//
//     E P_L = E P_0 + sum_{l=1}^L E [P_l - P_{l-1}],        mean square error = sum_l V_l / N_l + (E P_L - E P)^2
//
//     N_l = ceil( sqrt(V_l / C_l) sum_k sqrt(V_k C_k) / (0.99 (1 - theta) eps^2) )   variance at most (1 - theta) eps^2
//     max_{k=0,1,2} |m_{L-k}| 2^{-k alpha} / (2^alpha - 1)  <=  sqrt(theta) eps      bias^2 at most theta eps^2
//
// 0.99: a level that lacks less than 1 % of its samples is left as it is, and then has no more variance than that share.
// V_l, C_l, m_l: variance, cost and mean of a sample of level l. alpha: the weak order of the scheme.
// (Giles 2008, Operations Research 56, eqs. 10 to 12; Giles 2015, Acta Numerica 24, algorithm 1.)
//
// Costs are counted, in steps of paths, not timed: what is sampled then depends on nothing but the arguments.
#pragma once

#include <string>

#include "verification/multilevel/level.hpp"

namespace fpk::verification {

struct MultilevelSettings {
  double tolerance = 1e-3;           ///< eps, of the root-mean-square error
  double weak_order = 1;             ///< alpha, of the scheme; Level::order_allowed may lower it
  std::size_t most_levels = 12;      ///< the finest has this number, level 0 being the first
  double budget = 1e11;              ///< greatest cost, in steps
  double bias_share = 0.25;          ///< theta
  std::int64_t first_batch = 16384;  ///< samples that a level begins with; batches are multiples of `grain`
  std::int64_t grain = 4096;
};

struct MultilevelEstimate {
  std::vector<Level> levels;
  double value = 0, standard_error = 0;
  double bias = 0;  ///< estimate of |E P_L - E P|, from the last levels and the weak order
  double bias_standard_error = 0;
  double weak_order = 1;  ///< alpha as it was taken
  std::string failure;    ///< why the tolerance was not reached; empty where it was

  [[nodiscard]] double total_error() const;  ///< root of standard error^2 + bias^2
  [[nodiscard]] double cost() const;         ///< of all samples
};

/// The variance of a level is known to this share at least where the estimate is claimed: its samples are doubled until then.
inline constexpr double variance_known_to = 0.25;

/// Samples levels 0, 1, 2 and as many more as the tolerance wants.
MultilevelEstimate multilevel(const MultilevelSettings& settings, const SampleLevel& sample);

/// Estimate of |E P_L - E P| for the first L + 1 of the levels, L >= 1. Of L = 1 from m_1 alone.
double remaining_bias(const std::vector<Level>& levels, std::size_t L, double weak_order);

}  // namespace fpk::verification
