#include "verification/multilevel/multilevel.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace fpk::verification {
namespace {

/// What is missing to the samples wanted is left where it is below this share of them. (Giles 2015, algorithm 1)
constexpr double negligible = 0.01;
constexpr std::size_t first_levels = 3;
constexpr std::size_t levels_of_bias = 3;

/// A level whose pairs hardly ever differ has a sample variance far below the true one: at least the one before it, fallen as
/// fast as that of a scheme of strong order 1, and half of that. (Giles 2015, section 3.4)
std::vector<double> variances(const std::vector<Level>& levels) {
  std::vector<double> v;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    v.push_back(levels[l].difference.variance());
    if (l > 1) v[l] = std::max(v[l], v[l - 1] / 8);
  }
  return v;
}

class Run {
 public:
  Run(const MultilevelSettings& settings, const SampleLevel& sample) : s_(settings), sample_(sample) {}

  MultilevelEstimate run() {
    while (levels().size() < first_levels) add_level();
    while (improve()) continue;
    conclude();
    return std::move(e_);
  }

 private:
  /// The first of the three that has something to do; each may end the run by a failure.
  bool improve() {
    if (sample_to_known_variance()) return true;
    if (e_.failure.empty() && sample_to_variance()) return true;
    return e_.failure.empty() && refine();
  }

  std::vector<Level>& levels() { return e_.levels; }

  void add_level() {
    levels().emplace_back();
    add(levels().size() - 1, s_.first_batch);
  }

  void add(std::size_t l, std::int64_t count) {
    const auto whole = (count + s_.grain - 1) / s_.grain * s_.grain;
    levels()[l] += sample_(l, static_cast<std::int64_t>(levels()[l].samples()), whole);
  }

  [[nodiscard]] bool affords(double cost) {
    if (e_.cost() + cost <= s_.budget) return true;
    e_.failure = fmt::format(
        "{:.3g} more steps of paths would exceed the budget of {:.3g}: a larger tolerance or budget is "
        "needed",
        cost, s_.budget);
    return false;
  }

  /// Whether samples were added because the variance of the estimate is above its share.
  bool sample_to_variance() {
    const auto v = variances(levels());
    double sum = 0, cost = 0;
    for (std::size_t l = 0; l < v.size(); ++l) sum += std::sqrt(v[l] * levels()[l].cost);
    const double allowed = (1 - negligible) * (1 - s_.bias_share) * s_.tolerance * s_.tolerance;
    std::vector<double> missing(v.size(), 0);
    for (std::size_t l = 0; l < v.size(); ++l) {
      const double wanted = std::ceil(std::sqrt(v[l] / levels()[l].cost) * sum / allowed);
      const double more = wanted - levels()[l].samples();
      if (more > negligible * wanted) missing[l] = more;
      cost += missing[l] * levels()[l].cost;
    }
    if (cost == 0 || !affords(cost)) return false;
    for (std::size_t l = 0; l < v.size(); ++l)
      if (missing[l] > 0) add(l, static_cast<std::int64_t>(missing[l]));
    return true;
  }

  /// Whether samples were added because a variance is not known well enough to trust what was derived from it.
  bool sample_to_known_variance() {
    bool added = false;
    for (std::size_t l = 0; l < levels().size(); ++l) {
      const Level& level = levels()[l];
      if (!std::isfinite(level.difference.relative_error_of_variance())) {
        e_.failure = fmt::format("level {} has no variance in the range of numbers: its paths run away", l);
        return false;
      }
      if (level.difference.relative_error_of_variance() <= variance_known_to) continue;
      if (!affords(level.samples() * level.cost)) return false;
      add(l, static_cast<std::int64_t>(level.samples()));
      added = true;
    }
    return added;
  }

  /// Whether a level was added because the bias is above its share.
  bool refine() {
    const double bias = remaining_bias(levels(), levels().size() - 1, order_of(levels(), s_.weak_order));
    if (bias <= std::sqrt(s_.bias_share) * s_.tolerance) return false;
    if (levels().size() > s_.most_levels) {
      e_.failure = fmt::format("the bias is still {:.3g} on level {}, the finest that is allowed", bias,
                               levels().size() - 1);
      return false;
    }
    if (!affords(2 * levels().back().cost * static_cast<double>(s_.first_batch))) return false;
    add_level();
    return true;
  }

  void conclude() {
    double variance = 0;
    for (const Level& level : levels()) {
      e_.value += level.difference.mean;
      const double se = level.difference.standard_error();
      variance += se * se;
    }
    e_.standard_error = std::sqrt(variance);
    const double alpha = e_.weak_order = order_of(levels(), s_.weak_order);
    e_.bias = remaining_bias(levels(), levels().size() - 1, alpha);
    e_.bias_standard_error = std::isinf(alpha) ? 0 : error_of_last_mean() / (std::pow(2.0, alpha) - 1);
  }

  /// Of E[P_L - P_{L-1}]: at least as if one pair had differed by a standard deviation of P, for pairs that never part tell no more
  /// than that one might have.
  [[nodiscard]] double error_of_last_mean() const {
    const Level& last = e_.levels.back();
    return std::max(last.difference.standard_error(), std::sqrt(last.fine.variance()) / last.samples());
  }

  const MultilevelSettings& s_;
  const SampleLevel& sample_;
  MultilevelEstimate e_;
};

}  // namespace

double MultilevelEstimate::total_error() const { return std::hypot(standard_error, bias); }

double MultilevelEstimate::cost() const {
  double cost = 0;
  for (const Level& level : levels) cost += level.samples() * level.cost;
  return cost;
}

double remaining_bias(const std::vector<Level>& levels, std::size_t L, double weak_order) {
  if (std::isinf(weak_order)) return 0;  // exact at any step
  double bias = 0;
  for (std::size_t k = 0; k < levels_of_bias && k < L; ++k)
    bias = std::max(
        bias, std::abs(levels[L - k].difference.mean) * std::pow(2.0, -static_cast<double>(k) * weak_order));
  return bias / (std::pow(2.0, weak_order) - 1);
}

MultilevelEstimate multilevel(const MultilevelSettings& settings, const SampleLevel& sample) {
  return Run(settings, sample).run();
}

}  // namespace fpk::verification
