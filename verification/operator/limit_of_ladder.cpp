#include "verification/operator/limit_of_ladder.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace fpk::verification {
namespace {

/// Lagrange's weights at 0 of the points.
std::vector<double> weights_at_zero(const std::vector<double>& x) {
  std::vector<double> weights(x.size(), 1.0);
  for (std::size_t l = 0; l < x.size(); ++l)
    for (std::size_t m = 0; m < x.size(); ++m)
      if (m != l) weights[l] *= x[m] / (x[m] - x[l]);
  return weights;
}

}  // namespace

Value limit_of_ladder(const std::vector<StepValue>& ladder, double exponent) {
  if (ladder.size() < 2) throw std::invalid_argument("a limit takes two steps at least");
  std::vector<double> x;
  for (const auto& rung : ladder) x.push_back(std::pow(rung.step, exponent));
  const auto all = weights_at_zero(x);
  auto but_last = x;
  but_last.pop_back();
  const auto before = weights_at_zero(but_last);
  double value = 0, previous = 0, inherited = 0;
  for (std::size_t l = 0; l < x.size(); ++l) {
    value += all[l] * ladder[l].of.value;
    inherited += std::abs(all[l]) * ladder[l].of.error;
    if (l + 1 < x.size()) previous += before[l] * ladder[l].of.value;
  }
  return {value, std::max(std::abs(value - previous), inherited)};
}

}  // namespace fpk::verification
