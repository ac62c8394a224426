#include "verification/multilevel/rates.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "verification/mean_agreement.hpp"
#include "verification/normal_quantile.hpp"
#include "verification/straight_line.hpp"

namespace fpk::verification {
namespace {

constexpr double resolution = 4;  ///< standard errors that a level must be clear of zero
constexpr std::size_t levels_of_beta =
    4;  ///< the finest: the coarser ones are often pre-asymptotic, and a variance has little noise

/// log2 of `value` on level l, known to the relative error `error`.
void observe(std::vector<LinePoint>& points, std::size_t l, double value, double error) {
  if (!(value > 0) || !(resolution * error < 1)) return;
  const double sd = std::max(error, 1e-14) / std::numbers::ln2;
  points.push_back({static_cast<double>(l), std::log2(value), 1 / (sd * sd)});
}

/// Minus the slope. Where the points scatter by more than their noise, the levels are pre-asymptotic and the interval is wider.
std::optional<Order> falling(const std::vector<LinePoint>& points) {
  if (points.size() < 2) return std::nullopt;
  const StraightLine line = fit_line(points);
  const auto freedom = static_cast<double>(points.size()) - 2;
  const double excess = freedom > 0 ? std::max(1.0, line.chi_squared / freedom) : 1;
  const double half = sigmas_95 * std::sqrt(line.slope_variance * excess);
  return Order{-line.slope, -line.slope - half, -line.slope + half};
}

/// Estimate of the bias of single paths with the steps of level L.
double bias_of_plain(const std::vector<Level>& levels, std::size_t L, double alpha) {
  if (std::isinf(alpha)) return 0;
  if (L + 1 < levels.size() && L < 2)  // too few differences before it: from the one behind it
    return std::abs(levels[L + 1].difference.mean) / (1 - std::pow(2.0, -alpha));
  return remaining_bias(levels, L, alpha);
}

}  // namespace

LevelRates level_rates(const std::vector<Level>& levels) {
  LevelRates rates;
  std::vector<LinePoint> means, variances, costs;
  for (std::size_t l = 1; l < levels.size(); ++l) {
    const auto& d = levels[l].difference;
    observe(means, l, std::abs(d.mean), d.mean == 0 ? 1 : d.standard_error() / std::abs(d.mean));
    if (l + levels_of_beta >= levels.size())
      observe(variances, l, d.variance(), d.relative_error_of_variance());
    costs.push_back({static_cast<double>(l), std::log2(levels[l].cost), 1});
  }
  rates.alpha = falling(means);
  rates.beta = falling(variances);
  if (costs.size() > 1) rates.gamma = fit_line(costs).slope;
  return rates;
}

namespace {

std::vector<MeanComparison> neighbours(const std::vector<Level>& levels) {
  std::vector<MeanComparison> all;
  for (std::size_t l = 1; l < levels.size(); ++l) {
    const auto &fine = levels[l - 1].fine, &coarse = levels[l].coarse;
    all.push_back({coarse.mean, std::hypot(fine.standard_error(), coarse.standard_error()), fine.mean, 0});
  }
  return all;
}

}  // namespace

std::vector<double> telescoping(const std::vector<Level>& levels) {
  std::vector<double> z;
  for (const auto& c : neighbours(levels)) z.push_back(standardised_difference(c));
  return z;
}

Claim levels_telescope(const std::vector<Level>& levels, double false_alarm) {
  const auto compared = neighbours(levels);
  return means_agree(compared, false_alarm, "levels-telescope",
                     "The coarse paths of each level have the mean of the fine paths of the level before.")
      .claim;
}

std::optional<CostOfError> cost_of_error(const MultilevelSettings& settings, const std::vector<Level>& levels,
                                         double tolerance) {
  const double bias = std::sqrt(settings.bias_share) * tolerance,
               variance = (1 - settings.bias_share) * tolerance * tolerance;
  CostOfError c{tolerance, 0, 0, 0};
  const auto reaches = [&](std::size_t L) { return bias_of_plain(levels, L, settings.weak_order) <= bias; };
  std::size_t plain = 0, many = std::min<std::size_t>(2, levels.size() - 1);
  while (plain + 1 < levels.size() && !reaches(plain)) ++plain;
  while (many + 1 < levels.size() && !reaches(many)) ++many;
  if (!reaches(plain) || !reaches(many)) return std::nullopt;
  double sum = 0;
  for (std::size_t l = 0; l <= many; ++l) sum += std::sqrt(levels[l].difference.variance() * levels[l].cost);
  c.multilevel = sum * sum / variance;
  c.plain = levels[plain].fine.variance() * std::exp2(static_cast<double>(plain)) * levels[0].cost / variance;
  c.finest = many;
  return c;
}

}  // namespace fpk::verification
