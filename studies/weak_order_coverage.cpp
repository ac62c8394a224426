#include "studies/weak_order_coverage.hpp"

#include <algorithm>
#include <cmath>

#include "app/converge.hpp"
#include "app/run_claims.hpp"
#include "sde/scheme.hpp"
#include "verification/normal_quantile.hpp"
#include "verification/order.hpp"

namespace fpk::studies {
namespace {

using verification::sigmas_95;

/// The biases as they are, with the standard errors that a study met.
std::vector<verification::Rung> exact_biases(const io::Case& problem, double k,
                                             const io::ConvergenceStudy& met) {
  const auto q_0 = problem.initial->expectations(problem.observables);
  const auto at = std::find_if(problem.observables.begin(), problem.observables.end(),
                               [&](const auto& o) { return o.name == met.observable; });
  const double q = q_0.at(static_cast<std::size_t>(at - problem.observables.begin())).value;
  const double D = problem.process.reversible->temperature, end = problem.times.back();
  std::vector<verification::Rung> rungs;
  for (const auto& row : met.rows) {
    const auto steps = static_cast<std::int64_t>(std::lround(end / row.size));
    rungs.push_back(
        {row.size,
         second_moment_of_euler(k, D, q, end, steps) - second_moment_of_euler(k, D, q, end, 2 * steps),
         (row.upper - row.lower) / (2 * sigmas_95)});
  }
  return rungs;
}

void count_order(WeakOrderCoverage& c, const verification::Order& o, double promised) {
  const auto inside = [&](double p, double widened) {
    const double half = widened * 0.5 * (o.upper - o.lower);
    return std::abs(p - 0.5 * (o.upper + o.lower)) <= half;
  };
  const double of_the_claim = verification::two_sided_quantile(app::false_alarm_budget) / sigmas_95;
  c.holds_order_of_ladder.count(inside(c.order_of_ladder, 1));
  c.holds_promised.count(inside(promised, 1));
  c.fooled.count(inside(promised + 1, of_the_claim));
}

}  // namespace

double second_moment_of_euler(double k, double temperature, double q_0, double end, std::int64_t steps) {
  const double dt = end / static_cast<double>(steps);
  double q = q_0;
  for (std::int64_t n = 0; n < steps; ++n) q = (1 - k * dt) * (1 - k * dt) * q + 2 * temperature * dt;
  return q;
}

WeakOrderCoverage weak_order_coverage(const io::Case& problem, double k, std::uint64_t first,
                                      std::size_t seeds) {
  WeakOrderCoverage c;
  io::Case seeded = problem;
  seeded.density.enabled = false;
  std::vector<double> orders, half_widths;
  for (std::size_t n = 0; n < seeds; ++n) {
    seeded.particles->seed = first + n;
    const auto record = app::converge(seeded, parallel::Communicator::self(), io::Progress::Style::quiet);
    const auto& study = record.convergence.front();
    const auto& claim = record.claims.front();
    const bool refused = std::isnan(claim.measured);
    c.refused.count(refused);
    c.wrong.count(!refused && !claim.holds());
    if (refused) continue;
    if (orders.empty()) {
      // By the fit of the study, on the biases as they are.
      const auto next_term = study.verdict.next_term_fitted ? verification::NextTerm::always
                                                            : verification::NextTerm::where_it_shows;
      const double gap = sde::gap_of_orders(*sde::find_scheme(seeded.particles->scheme), seeded.domain);
      const auto noiseless =
          verification::order_of_biases(exact_biases(seeded, k, study), {.next_term = next_term, .gap = gap});
      c.order_of_ladder = noiseless.order ? noiseless.order->value : std::nan("");
    }
    const auto& o = *study.verdict.order;
    c.next_term.count(study.verdict.next_term_fitted);
    count_order(c, o, study.promised);
    orders.push_back(o.value);
    half_widths.push_back(0.5 * (o.upper - o.lower));
  }
  if (orders.size() < 2) return c;
  const auto told = static_cast<double>(orders.size());
  for (const double o : orders) c.mean += o / told;
  for (const double o : orders) c.sd += (o - c.mean) * (o - c.mean) / (told - 1);
  c.sd = std::sqrt(c.sd);
  const auto middle = half_widths.begin() + static_cast<std::ptrdiff_t>(half_widths.size() / 2);
  std::nth_element(half_widths.begin(), middle, half_widths.end());
  c.median_half_width = *middle;
  return c;
}

}  // namespace fpk::studies
