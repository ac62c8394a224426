// Samples of a ladder whose rungs several studies share: how many each rung should have.
//
// With e_l the error of a study at size h_l and r_l = sd / |e_l| of one sample, an order from errors known to the same share rho
// has
//
//     var(p) = rho^2 / sum_l (ln h_l - mean)^2,      N_l = (r_l / rho)^2      for the 95 % half-width 1.96 sd(p)
//
// which is not the cheapest way to that half-width (coupled_ladder.hpp), but keeps every rung clear of its noise, for every study.
#pragma once

#include <vector>

#include "verification/order.hpp"

namespace fpk::verification {

/// Errors of one study with their standard errors, coarsest first, and the order they should fall with where noise hides them.
struct SharedStudy {
  std::vector<Rung> errors;
  double promised = 1;
};

struct SharedLadderSettings {
  double half_width = 0.05;
  double budget = 0;         ///< greatest cost
  std::vector<double> cost;  ///< of a sample of each rung
};

/// The share of its error that the standard error of a rung may be.
double share_of_error(const std::vector<Rung>& ladder, double half_width);

/// Samples of each rung, given that it has `samples`: what the neediest study wants that could have it within the budget, alone.
/// A study whose error changes its sign beyond the noise tells no order, and wants nothing.
std::vector<double> wanted_samples(const std::vector<SharedStudy>& studies,
                                   const std::vector<double>& samples, const SharedLadderSettings& settings);

}  // namespace fpk::verification
