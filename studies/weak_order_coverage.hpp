// Does the 95 % interval of `fpk converge` hold the weak order in 95 % of all runs?
//
// For dX = -k X dt + sqrt(2 D) dW Euler-Maruyama has a second moment in closed form,
//
//     q_{n+1} = (1 - k dt)^2 q_n + 2 D dt,        d(dt) = q(dt) - q(dt/2)
//
// so what the same fit makes of the biases without noise is known. That is the order of the ladder; it differs a little
// from the order of the limit, 1, since dt is finite. Coverage is told of both.
#pragma once

#include <vector>

#include "io/case_file.hpp"
#include "studies/share.hpp"

namespace fpk::studies {

struct WeakOrderCoverage {
  double order_of_ladder = 0;                   ///< of the exact biases with the same standard errors
  Share holds_order_of_ladder, holds_promised;  ///< the 95 % interval, of the runs that tell an order
  Share refused;                                ///< no order could be told, or its interval is wider than 1
  Share wrong;                                  ///< the claim fails though an order was told
  Share next_term;          ///< one power did not fit, so the next term was fitted too (or said not to fit)
  Share fooled;             ///< a promise of order 2 would have passed
  double mean = 0, sd = 0;  ///< of the order told
  double median_half_width = 0;
};

/// `problem`: an Ornstein-Uhlenbeck process with potential k x^2 / 2 and the second moment for its observable.
WeakOrderCoverage weak_order_coverage(const io::Case& problem, double k, std::uint64_t first,
                                      std::size_t seeds);

/// E X_t^2 of Euler-Maruyama for the process above, q_0 at the start, in `steps` steps to `end`.
double second_moment_of_euler(double k, double temperature, double q_0, double end, std::int64_t steps);

}  // namespace fpk::studies
