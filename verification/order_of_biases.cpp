// Orders of biases that are known with noise
//
//   ln |d_l| = ln |c| + p ln dt_l,   var(ln |d_l|) = (s_l / d_l)^2    (delta method)
//
// fitted by weighted least squares; the rungs come from independent runs. The 95 % interval is p +- 1.96
// sd(p), and where the residuals are larger than the noise explains it is widened by sqrt(chi^2 / dof). A
// lack of fit at the 1 % level means that the next term of the bias shows: the ladder is pre-asymptotic.
// (Talay, Tubaro 1990)
#include <fmt/core.h>

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "verification/ladder.hpp"
#include "verification/order.hpp"
#include "verification/straight_line.hpp"

namespace fpk::verification {
namespace {

constexpr double normal_97_5 = 1.959963984540054;
constexpr double lack_of_fit_level = 0.01;
/// A bias without noise is still rounded, in relative terms by about this.
constexpr double rounding_of_bias = 1e-14;

/// How many times as many paths would bring |difference| to `resolution` standard errors. The observed
/// difference is itself noise where it is below one standard error; it is then taken as one, so that the
/// answer is a lower bound.
double paths_factor(const Rung& rung, double resolution) {
  const double ratio = resolution * rung.standard_error / std::max(std::abs(rung.error), rung.standard_error);
  return ratio * ratio;
}

std::string refusal_for_noise(std::size_t resolved, const std::vector<Rung>& hidden, double resolution) {
  const std::string found = fmt::format(
      "noise hides the bias: {} of {} rungs stand {:.3g} standard errors clear of zero, an order needs two",
      resolved, resolved + hidden.size(), resolution);
  const std::size_t missing = 2 - resolved;
  if (hidden.size() < missing) return found + "; add rungs";
  std::vector<double> factors;
  for (const auto& rung : hidden) factors.push_back(paths_factor(rung, resolution));
  std::sort(factors.begin(), factors.end());
  return fmt::format("{}; take at least {:.0f} times as many paths, or larger steps", found,
                     std::max(2.0, std::ceil(factors[missing - 1])));
}

bool changes_sign(const std::vector<Rung>& rungs) {
  return std::any_of(rungs.begin(), rungs.end(),
                     [&](const Rung& rung) { return rung.error * rungs[0].error < 0; });
}

OrderVerdict fitted_order(const std::vector<Rung>& rungs) {
  std::vector<LinePoint> points;
  for (const auto& rung : rungs) {
    const double sd = std::max(rung.standard_error / std::abs(rung.error), rounding_of_bias);
    points.push_back({std::log(rung.size), std::log(std::abs(rung.error)), 1 / (sd * sd)});
  }
  const StraightLine line = fit_line(points);
  const double dof = static_cast<double>(points.size()) - 2;
  const double excess = dof >= 1 ? std::max(1.0, line.chi_squared / dof) : 1.0;
  const double half_width = normal_97_5 * std::sqrt(line.slope_variance * excess);
  OrderVerdict verdict{Order{line.slope, line.slope - half_width, line.slope + half_width}, {}};
  const double p_value = dof >= 1 ? boost::math::gamma_q(0.5 * dof, 0.5 * line.chi_squared) : 1;
  if (p_value < lack_of_fit_level)
    verdict.remark = fmt::format("pre-asymptotic: one power does not fit the biases (p = {:.2g})", p_value);
  return verdict;
}

}  // namespace

OrderVerdict order_of_biases(const std::vector<Rung>& rungs, double resolution) {
  std::vector<Rung> used, hidden;
  for (const Rung& rung : coarsest_first(rungs)) {
    if (!std::isfinite(rung.error) || !std::isfinite(rung.standard_error))
      return {{}, fmt::format("the bias at {:.4g} is not a number", rung.size)};
    const bool resolved = rung.error != 0 && std::abs(rung.error) >= resolution * rung.standard_error;
    (resolved ? used : hidden).push_back(rung);
  }
  if (used.size() < 2) return {{}, refusal_for_noise(used.size(), hidden, resolution)};
  if (changes_sign(used))
    return {{}, fmt::format("pre-asymptotic: the bias changes sign between the steps {}", sizes_of(used))};
  OrderVerdict verdict = fitted_order(used);
  if (!hidden.empty())
    verdict.remark +=
        fmt::format("{}left out, hidden by noise: {}", verdict.remark.empty() ? "" : "; ", sizes_of(hidden));
  return verdict;
}

}  // namespace fpk::verification
