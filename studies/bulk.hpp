// Is the statistic of the verdict distributed as the verdict says?
//
// A budget of 1e-4 a run cannot be seen in a thousand runs, so the same statistic is held to its nominal law where that
// can be seen. For comparison k of run i, s its standard error and beta its allowance,
//
//     z_ik = (mean of particles - expectation of density) / s        nominal: N(b_k, 1), b_k the bias of step and cells
//     max(0, |z_ik| s - beta) / sqrt(s^2 + u^2)                      what the verdict judges, u the error of beta
//
// and a run is beyond the level alpha where one of its M comparisons is beyond the two-sided normal quantile at alpha / M.
#pragma once

#include <string>
#include <vector>

#include "studies/judged_runs.hpp"

namespace fpk::studies {

inline constexpr double levels[] = {0.05, 0.01, 0.001};

/// What one comparison did over the seeds.
struct ComparisonBulk {
  double mean_z = 0, sd_z = 0;   ///< mean: bias in standard errors
  double median_allowance = 0;   ///< beta / s
  double median_bias_error = 0;  ///< u / s
  double kolmogorov =
      0;  ///< sqrt(n) sup |F_n - uniform| of the p-values of z - mean z; 1.36 at the 5 % level
};

/// Runs of which one comparison at least is beyond a level.
struct TailShares {
  double level = 0;
  Share sampling;        ///< |z - mean z|: is the standard error right?
  Share raw;             ///< |z|: what no allowance would do
  Share with_allowance;  ///< what the verdict judges
};

struct Bulk {
  std::vector<ComparisonBulk> comparisons;
  std::vector<TailShares> tails;  ///< one for each level
};

/// Comparisons that never differ (a mean known at the start) are left out of the shares and have an sd of 0.
Bulk bulk(const std::vector<JudgedRun>& runs);

}  // namespace fpk::studies
