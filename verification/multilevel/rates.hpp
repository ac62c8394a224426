// What the levels tell about a multilevel estimate, beside the estimate.
//
//     |E [P_l - P_{l-1}]| ~ 2^{-alpha l},    V_l ~ 2^{-beta l},    C_l ~ 2^{gamma l},     l >= 1
//
// The cost of an error eps is of order eps^-2 where beta > gamma, eps^-2 (ln eps)^2 where they are equal, and
// eps^{-2 - (gamma - beta) / alpha} where beta < gamma. (Giles 2008, theorem 3.1)
//
// The levels telescope where E P_{l-1} of the fine paths of level l - 1 is E P_{l-1} of the coarse paths of level l: a coarse
// path that is not driven as the fine one of the level before makes the sum that of another process. (Giles 2015, section 3.2)
#pragma once

#include <optional>

#include "verification/claim.hpp"
#include "verification/multilevel/multilevel.hpp"
#include "verification/order.hpp"

namespace fpk::verification {

/// Slopes over the levels from 1 on, that of the variance over the finest four of them, with 95 % intervals, by weighted least
/// squares; nothing where fewer than two levels are clear of their noise (four standard errors).
struct LevelRates {
  std::optional<Order> alpha, beta;
  double gamma = 1;  ///< of the cost, without noise
};
LevelRates level_rates(const std::vector<Level>& levels);

/// z of each level from 1 on; of one that has no noise 0.
std::vector<double> telescoping(const std::vector<Level>& levels);
/// That no |z| exceeds the normal quantile at a false-alarm rate shared by all levels.
Claim levels_telescope(const std::vector<Level>& levels, double false_alarm);

/// Steps that a root-mean-square error costs, predicted from the measured variances, costs and biases of the levels.
struct CostOfError {
  double tolerance = 0;
  double multilevel = 0;   ///< (sum_l sqrt(V_l C_l))^2 / ((1 - theta) eps^2) over the levels that it needs
  double plain = 0;        ///< V[P_L] C[P_L] / ((1 - theta) eps^2) of paths with the steps of level L alone
  std::size_t finest = 0;  ///< L
};
/// Nothing where the levels sampled do not bring the bias to its share.
std::optional<CostOfError> cost_of_error(const MultilevelSettings& settings, const std::vector<Level>& levels,
                                         double tolerance);

}  // namespace fpk::verification
