// Orders of biases that are known with noise
//
//   ln |d_l| = ln |c| + p ln dt_l,   var(ln |d_l|) = (s_l / d_l)^2    (delta method)
//
// fitted by weighted least squares; the rungs come from independent runs. The 95 % interval is p +- 1.96
// sd(p), and where the residuals are larger than the noise explains it is widened by sqrt(chi^2 / dof).
//
// A lack of fit at the 1 % level means that the next term of the bias shows: the ladder is pre-asymptotic.
// With four rungs or more that term is then fitted too,
//
//   ln |d_l| = ln |c| + p ln dt_l + e (dt_l / dt_0)^g      (bias_design.hpp)
//
// so that p is the order that the ladder tends to, with the wider interval that this costs.
#include <fmt/core.h>

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "verification/bias_design.hpp"
#include "verification/ladder.hpp"
#include "verification/normal_quantile.hpp"
#include "verification/order.hpp"
#include "verification/straight_line.hpp"

namespace fpk::verification {
namespace {

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

/// ln |d| as an observation with the variance of the delta method.
struct Observation {
  double size, log_bias, weight;
};

std::vector<Observation> observations(const std::vector<Rung>& rungs) {
  std::vector<Observation> all;
  for (const auto& rung : rungs) {
    const double sd = std::max(rung.standard_error / std::abs(rung.error), rounding_of_bias);
    all.push_back({rung.size, std::log(std::abs(rung.error)), 1 / (sd * sd)});
  }
  return all;
}

/// A slope with what it leaves unexplained.
struct Fit {
  double order = 0, variance = 0, chi_squared = 0, degrees_of_freedom = 0;
  [[nodiscard]] double p_value() const {
    return degrees_of_freedom >= 1 ? boost::math::gamma_q(0.5 * degrees_of_freedom, 0.5 * chi_squared) : 1;
  }
  [[nodiscard]] Order interval() const {
    const double excess = degrees_of_freedom >= 1 ? std::max(1.0, chi_squared / degrees_of_freedom) : 1.0;
    const double half_width = sigmas_95 * std::sqrt(variance * excess);
    return {order, order - half_width, order + half_width};
  }
};

Fit fit_one_power(const std::vector<Rung>& rungs) {
  std::vector<LinePoint> points;
  for (const auto& o : observations(rungs)) points.push_back({std::log(o.size), o.log_bias, o.weight});
  const StraightLine line = fit_line(points);
  return {line.slope, line.slope_variance, line.chi_squared, static_cast<double>(points.size()) - 2};
}

Fit fit_with_next_term(const std::vector<Rung>& rungs, double gap) {
  std::vector<double> sizes;
  for (const auto& rung : rungs) sizes.push_back(rung.size);
  const auto all = observations(rungs);
  const auto n = static_cast<Eigen::Index>(all.size());
  Eigen::MatrixXd design = bias_design(sizes, true, gap);
  Eigen::VectorXd right(n);
  for (Eigen::Index l = 0; l < n; ++l) {
    const auto& o = all[static_cast<std::size_t>(l)];
    design.row(l) *= std::sqrt(o.weight);
    right[l] = std::sqrt(o.weight) * o.log_bias;
  }
  const Eigen::VectorXd c = design.colPivHouseholderQr().solve(right);
  const Eigen::Matrix3d covariance = (design.transpose() * design).inverse();
  return {c[1], covariance(1, 1), (right - design * c).squaredNorm(), static_cast<double>(n) - 3};
}

OrderVerdict fitted_order(const std::vector<Rung>& rungs, const BiasFit& how) {
  const Fit power = fit_one_power(rungs);
  const double p_value = power.p_value();
  if (p_value >= lack_of_fit_level && how.next_term == NextTerm::always && rungs.size() >= 4)
    return {.order = fit_with_next_term(rungs, how.gap).interval(),
            .remark = "the next term was fitted, too",
            .next_term_fitted = true};
  if (p_value >= lack_of_fit_level) return {power.interval(), {}};
  const std::string remark =
      fmt::format("pre-asymptotic: one power does not fit the biases (p = {:.2g})", p_value);
  if (rungs.size() < 4) return {power.interval(), remark, true};
  return {.order = fit_with_next_term(rungs, how.gap).interval(),
          .remark = remark + ", so the next term was fitted with it",
          .pre_asymptotic = true,
          .next_term_fitted = true};
}

}  // namespace

OrderVerdict order_of_biases(const std::vector<Rung>& rungs, const BiasFit& how) {
  std::vector<Rung> used, hidden;
  for (const Rung& rung : coarsest_first(rungs)) {
    if (!std::isfinite(rung.error) || !std::isfinite(rung.standard_error))
      return {{}, fmt::format("the bias at {:.4g} is not a number", rung.size)};
    const bool resolved = rung.error != 0 && std::abs(rung.error) >= how.resolution * rung.standard_error;
    (resolved ? used : hidden).push_back(rung);
  }
  if (std::all_of(rungs.begin(), rungs.end(),
                  [](const Rung& rung) { return rung.error == 0 && rung.standard_error == 0; }))
    return {{}, "the bias is exactly zero at every step: this observable tells nothing"};
  if (used.size() < 2) return {{}, refusal_for_noise(used.size(), hidden, how.resolution)};
  if (changes_sign(used))
    return {{},
            fmt::format("pre-asymptotic: the bias changes sign between the steps {}", sizes_of(used)),
            true,
            true};
  OrderVerdict verdict = fitted_order(used, how);
  if (!hidden.empty())
    verdict.remark +=
        fmt::format("{}left out, hidden by noise: {}", verdict.remark.empty() ? "" : "; ", sizes_of(hidden));
  return verdict;
}

}  // namespace fpk::verification
