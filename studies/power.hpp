// How large must an error be to be seen, and how many particles does it take?
//
// Shift delta_k: the change of expectation k by the error, from the density road of the wrong process. The verdict fails
// where |delta_k + s_k Z| > beta_k + q r_k for one comparison k at least: q the two-sided
// quantile at budget / M, r_k = sqrt(s_k^2 + u_k^2), u_k the standard error of the step's bias. Hence
//
//     power >= max_k Phi((|delta_k| - beta_k - q r_k) / s_k)                       predicted before any particle has moved
//     power 95 % where |delta_k| = beta_k + q r_k + 1.645 s_k                 for the best k
//
// s_k falls like 1 / sqrt(N); beta_k does so in part (the pilot's noise), and in part not at all (bias of step and cells).
#pragma once

#include <string>
#include <vector>

#include "studies/judged_runs.hpp"
#include "studies/planted_errors.hpp"

namespace fpk::studies {

struct PowerPoint {
  std::int64_t particles = 0;
  double size = 0;        ///< e
  Share caught;           ///< runs whose verdict fails
  Share caught_if_added;  ///< runs that would fail if 3 u were added to beta and only s were the error
  double predicted = 0;   ///< lower bound of the power
  double shift = 0;       ///< |delta| / s of the comparison that shows it best
  double allowance = 0;   ///< beta / s there
};

/// Each size with each seed. `particles` are those of `problem`.
std::vector<PowerPoint> power_curve(const io::Case& problem, const PlantedError& error,
                                    const std::vector<double>& sizes, std::uint64_t first, std::size_t seeds);

/// Smallest size seen with 95 % power: where the measured curve crosses it, straight between neighbouring sizes, and
/// the prediction. NaN where the curve does not get there.
struct SmallestSeen {
  double measured = 0, predicted = 0;
};
SmallestSeen smallest_seen(const std::vector<PowerPoint>& curve);

}  // namespace fpk::studies
