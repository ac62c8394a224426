// Orders of convergence, with an interval or a refusal.
//
// Spatial kind (no noise): errors e_l at h_l, model e = C h^p; the interval spans the pairwise orders,
// their least-squares fit and the next order extrapolated. Weak kind (noise): bias differences
// d_l = E f(X^{dt}) - E f(X^{dt/2}) with standard errors, model d = c dt^p (1 + ...), weighted least squares
// in log-log, 95 % interval from the standard errors; refused where noise hides the bias. (Giles 2008 for the
// coupling; Talay, Tubaro 1990 for the expansion of the bias.)
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fpk::verification {

struct Order {
  double value = 0, lower = 0, upper = 0;  ///< the estimate and its interval
};

/// One rung of a ladder of steps or cell sizes.
struct Rung {
  double size = 0;            ///< h or dt
  double error = 0;           ///< error, or bias difference (signed)
  double standard_error = 0;  ///< 0 where there is no sampling
};

struct OrderVerdict {
  std::optional<Order> order;  ///< nothing where refused
  std::string remark;  ///< why refused, or a warning (pre-asymptotic ladder, rungs left out); may be empty
  bool pre_asymptotic = false;  ///< one power does not fit
  bool changes_sign = false;    ///< a resolved bias does: no number of samples helps
  bool next_term_fitted = false;
};

/// Deterministic errors, at least three rungs. Rungs below `floor`, where something other than the size makes the error, are left
/// out and said. `floor_is`: what that is, in words: "round-off", "10 times density.tolerance".
OrderVerdict order_of_errors(const std::vector<Rung>& rungs, double floor,
                             std::string_view floor_is = "round-off");

/// When the next term of a bias is fitted beside the leading power, given four rungs or more.
enum class NextTerm {
  where_it_shows,  ///< where one power does not fit
  always           ///< the order that the ladder tends to, with the wider interval that this costs
};

/// How an order is fitted to biases.
struct BiasFit {
  double resolution = 4;  ///< standard errors that a |difference| stands off zero, or it is left out
  NextTerm next_term = NextTerm::where_it_shows;
  double gap = 1;  ///< by how much the next power of the bias is above the leading one (bias_design.hpp)
};

/// Bias differences with standard errors. With fewer than two rungs resolved the verdict is refused.
OrderVerdict order_of_biases(const std::vector<Rung>& rungs, const BiasFit& how = {});

}  // namespace fpk::verification
