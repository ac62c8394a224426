#include "studies/power.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "app/evolve.hpp"
#include "app/run_claims.hpp"
#include "studies/bulk.hpp"
#include "verification/normal_quantile.hpp"

namespace fpk::studies {
namespace {

constexpr double wanted = 0.95;
constexpr std::size_t seeds_for_prediction = 3;

/// The density's expectations in the order of the comparisons: all observables at the first time, then the next.
std::vector<double> expectations(io::Case problem, const model::Process& process) {
  problem.particles.reset();
  problem.process = process;
  const auto record = app::evolve(problem, parallel::Communicator::self(), {});
  std::vector<double> values;
  for (std::size_t t = 0; t < problem.times.size(); ++t)
    for (const auto& [name, series] : record.density->observables) values.push_back(series.value.at(t));
  return values;
}

std::vector<double> shifts(const Planted& planted) {
  auto sound =
      planted.problem.process;  // by the same road as the wrong one: nothing derived from a potential
  sound.reversible.reset(), sound.rotating.reset(), sound.annealed.reset(), sound.stationary.reset();
  const auto right = expectations(planted.problem, sound),
             wrong = expectations(planted.problem, planted.process);
  std::vector<double> delta;
  for (std::size_t k = 0; k < right.size(); ++k) delta.push_back(wrong[k] - right[k]);
  return delta;
}

/// Fills in what the comparison that shows the error best predicts. Its s and beta are means over a few runs.
void predict(PowerPoint& point, const std::vector<double>& delta, const std::vector<JudgedRun>& runs) {
  const std::size_t M = std::min(delta.size(), runs.front().comparisons.size());
  const double q = verification::two_sided_quantile(app::false_alarm_budget / static_cast<double>(M));
  double best = -std::numeric_limits<double>::infinity();
  const auto n = std::min(runs.size(), seeds_for_prediction);
  for (std::size_t k = 0; k < M; ++k) {
    double s = 0, beta = 0, u = 0;
    for (std::size_t i = 0; i < n; ++i) {
      s += runs[i].comparisons.at(k).standard_error / static_cast<double>(n);
      beta += runs[i].comparisons.at(k).bias_allowance / static_cast<double>(n);
      u += runs[i].comparisons.at(k).bias_standard_error / static_cast<double>(n);
    }
    if (!(s > 0)) continue;
    const double clear = (std::abs(delta[k]) - beta - q * std::hypot(s, u)) / s;
    if (clear <= best) continue;
    best = clear;
    point.shift = std::abs(delta[k]) / s;
    point.allowance = beta / s;
  }
  point.predicted = boost::math::cdf(boost::math::normal(), best);
}

/// The verdict with the error of the bias added to it three times over, for comparison.
bool fails_if_added(const JudgedRun& run) {
  auto comparisons = run.comparisons;
  for (auto& c : comparisons) {
    c.bias_allowance += 3 * c.bias_standard_error;
    c.bias_standard_error = 0;
  }
  return !verification::means_agree(comparisons, app::false_alarm_budget).claim.holds();
}

double crossing(const std::vector<PowerPoint>& curve, const std::function<double(const PowerPoint&)>& power) {
  for (std::size_t i = 0; i < curve.size(); ++i) {
    const double here = power(curve[i]);
    if (here < wanted) continue;
    if (i == 0) return curve[i].size;
    const double before = power(curve[i - 1]);
    return curve[i - 1].size + (wanted - before) / (here - before) * (curve[i].size - curve[i - 1].size);
  }
  return std::nan("");
}

}  // namespace

std::vector<PowerPoint> power_curve(const io::Case& problem, const PlantedError& error,
                                    const std::vector<double>& sizes, std::uint64_t first,
                                    std::size_t seeds) {
  std::vector<PowerPoint> curve;
  for (const double e : sizes) {
    const auto planted = plant(error, e, problem);
    const auto runs = judged_runs(planted.problem, planted.process, first, seeds);
    PowerPoint point;
    point.particles = planted.problem.particles->count;
    point.size = e;
    point.caught = alarms(runs);
    for (const auto& run : runs) point.caught_if_added.count(fails_if_added(run));
    predict(point, shifts(planted), runs);
    curve.push_back(point);
  }
  return curve;
}

SmallestSeen smallest_seen(const std::vector<PowerPoint>& curve) {
  return {crossing(curve, [](const PowerPoint& p) { return p.caught.value(); }),
          crossing(curve, [](const PowerPoint& p) { return p.predicted; })};
}

}  // namespace fpk::studies
