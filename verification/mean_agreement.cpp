// z_i = max(0, |a_i - r_i| - beta_i) / sqrt(s_i^2 + u_i^2),   agree where   max_i z_i <= Phi^-1(1 - alpha / (2 M))
//
// With beta = |d|, d an estimate of the bias b with standard error u: |a - r| - |d| <= |(a - r) - d|, and (a - r) - d is
// normal with mean b - b = 0 and variance s^2 + u^2. So no more than alpha / M of all sound comparisons exceed the
// quantile, however large b, s and u are beside each other.
#include "verification/mean_agreement.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "verification/normal_quantile.hpp"

namespace fpk::verification {
namespace {

/// Means of a million equal numbers are rounded by less than this, in relative terms.
constexpr double rounding_of_mean = 1e-12;

double critical_value(double false_alarm, std::size_t comparisons) {
  const double share = false_alarm / static_cast<double>(std::max<std::size_t>(comparisons, 1));
  return two_sided_quantile(share);
}

std::string reason_for(std::span<const MeanComparison> comparisons, double false_alarm) {
  double largest = 0;
  for (const auto& c : comparisons) largest = std::max(largest, c.bias_allowance);
  return fmt::format(
      "two-sided normal quantile at a false-alarm budget of {:.3g} shared by {} comparisons (Bonferroni), "
      "beyond a bias "
      "allowance of at most {:.3g}",
      false_alarm, comparisons.size(), largest);
}

}  // namespace

double standardised_difference(const MeanComparison& c) {
  const double scale = std::max({1.0, std::abs(c.value), std::abs(c.reference)});
  const double excess = std::abs(c.value - c.reference) - c.bias_allowance - rounding_of_mean * scale;
  const double s = std::hypot(c.standard_error, c.bias_standard_error);
  if (!std::isfinite(s) || !std::isfinite(c.bias_allowance)) return std::numeric_limits<double>::infinity();
  if (excess <= 0) return 0;
  const double z = excess / s;
  return std::isnan(z) ? std::numeric_limits<double>::infinity() : z;
}

MeanAgreement means_agree(std::span<const MeanComparison> comparisons, double false_alarm, std::string name,
                          std::string sentence) {
  if (!(false_alarm > 0 && false_alarm < 1))
    throw std::invalid_argument("a false-alarm budget lies between 0 and 1");
  MeanAgreement agreement;
  double largest = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const double z = standardised_difference(comparisons[i]);
    if (agreement.worst && z <= largest) continue;
    largest = z;
    agreement.worst = i;
  }
  agreement.claim = {std::move(name),
                     std::move(sentence),
                     Evidence::statistical,
                     largest,
                     critical_value(false_alarm, comparisons.size()),
                     reason_for(comparisons, false_alarm)};
  return agreement;
}

}  // namespace fpk::verification
