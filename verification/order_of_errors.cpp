// Orders of errors without noise
//
//   p_l = ln(e_l / e_{l+1}) / ln(h_l / h_{l+1})            between neighbouring rungs
//   p   = least-squares slope of ln e against ln h          the estimate
//
// There is nothing random about the errors, so the interval is not one of chance. It holds p, every p_l, and
// where the p_l are still drifting their next value at the same drift, p_last + (p_last - p_before). For e =
// C h^q (1 + c h + ...) and h halved from rung to rung the drift halves too, so its sum to infinity is just
// that: the interval reaches q up to terms of the next order in h. (Roache 1998, chapter 5, on observed
// orders)
#include "verification/order.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "verification/ladder.hpp"
#include "verification/straight_line.hpp"

namespace fpk::verification {
namespace {

/// A spread of the pairwise orders beyond this is worth a warning: a tenth of the distance between two whole
/// orders.
constexpr double drift_worth_a_word = 0.1;

std::vector<double> pairwise_orders(const std::vector<Rung>& rungs) {
  std::vector<double> orders;
  for (std::size_t l = 0; l + 1 < rungs.size(); ++l)
    orders.push_back(std::log(rungs[l].error / rungs[l + 1].error) /
                     std::log(rungs[l].size / rungs[l + 1].size));
  return orders;
}

double least_squares_order(const std::vector<Rung>& rungs) {
  std::vector<LinePoint> points;
  for (const auto& rung : rungs) points.push_back({std::log(rung.size), std::log(rung.error)});
  return fit_line(points).slope;
}

Order order_with_interval(double fitted, const std::vector<double>& pairwise) {
  const double last = pairwise.back(), before = pairwise[pairwise.size() - 2];
  const double next = last + (last - before);
  const auto [lowest, highest] = std::minmax_element(pairwise.begin(), pairwise.end());
  return {fitted, std::min({fitted, *lowest, next}), std::max({fitted, *highest, next})};
}

std::string left_out_words(const std::vector<Rung>& left_out, double floor, std::string_view floor_is) {
  if (left_out.empty()) return {};
  return fmt::format("left out, with an error below {} ({:.2g}): {}", floor_is, floor, sizes_of(left_out));
}

std::string drift_words(const std::vector<double>& pairwise) {
  const auto [lowest, highest] = std::minmax_element(pairwise.begin(), pairwise.end());
  if (*highest - *lowest <= drift_worth_a_word) return {};
  return fmt::format(
      "pre-asymptotic: the order goes from {:.2f} on the coarsest pair to {:.2f} on the finest",
      pairwise.front(), pairwise.back());
}

}  // namespace

OrderVerdict order_of_errors(const std::vector<Rung>& rungs, double floor, std::string_view floor_is) {
  std::vector<Rung> used, left_out;
  for (Rung rung : coarsest_first(rungs)) {
    rung.error = std::abs(rung.error);
    if (!std::isfinite(rung.error))
      return {{}, fmt::format("the error at {:.4g} is not a number", rung.size)};
    (rung.error > std::max(floor, 0.0) ? used : left_out).push_back(rung);
  }
  std::string remark = left_out_words(left_out, floor, floor_is);
  if (used.size() < 3) {
    return {{},
            fmt::format("an order needs at least three errors above {}, here are {}{}{}", floor_is,
                        used.size(), remark.empty() ? "" : "; ", remark)};
  }
  const auto pairwise = pairwise_orders(used);
  const std::string drift = drift_words(pairwise);
  if (!remark.empty() && !drift.empty()) remark += "; ";
  return {order_with_interval(least_squares_order(used), pairwise), remark + drift};
}

}  // namespace fpk::verification
