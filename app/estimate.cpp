#include "app/estimate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/begin_record.hpp"
#include "app/expectation_reference.hpp"
#include "app/level_sampler.hpp"
#include "app/noise_of_pairs.hpp"
#include "app/particle_road.hpp"
#include "app/run_claims.hpp"
#include "io/refusal.hpp"
#include "sde/time_steps.hpp"
#include "verification/mean_agreement.hpp"
#include "verification/multilevel/rates.hpp"

namespace fpk::app {
namespace {

using verification::Claim;
using verification::Evidence;

constexpr double high_kurtosis = 100;  ///< beyond it Giles (2015, section 3.3) warns
constexpr double standard_errors = 3;  ///< of the bias, that the agreement with a reference allows
constexpr double below_gamma = 0.8;    ///< times gamma, counts as below: 1 is often measured a little less
constexpr std::size_t tolerances =
    6;  ///< of the curves of cost: the one asked for, twice, four times, ... it

void check(const io::Case& problem) {
  if (!problem.particles)
    io::refuse(problem, "particles", "multilevel Monte Carlo moves particles", "add a table [particles]");
  if (problem.observables.empty())
    io::refuse(problem, "observables", "there is no observable to estimate", "add one to [observables]");
  if (!problem.estimate.tolerance)
    io::refuse(problem, "estimate", "there is no tolerance to estimate to",
               "give estimate.tolerance, or --tolerance EPS");
  check_noise_of_pairs(problem, "multilevel Monte Carlo takes", "");
}

const law::Observable& asked_for(const io::Case& problem) {
  const auto found = std::find_if(problem.observables.begin(), problem.observables.end(),
                                  [&](const auto& o) { return o.name == problem.estimate.observable; });
  return found == problem.observables.end() ? problem.observables.front() : *found;
}

verification::MultilevelSettings settings_of(const io::Case& problem, double weak_order) {
  verification::MultilevelSettings s;
  s.tolerance = *problem.estimate.tolerance;
  s.weak_order = weak_order;
  s.most_levels = problem.estimate.levels;
  s.budget = problem.estimate.budget;
  return s;
}

/// Three levels are begun in any case, with n, 3 n and 6 n steps of paths a sample.
void check_budget(const io::Case& problem, const verification::MultilevelSettings& settings,
                  double first_step) {
  const double steps = static_cast<double>(sde::equal_steps(problem.times.back(), first_step).count),
               first = 10 * steps * static_cast<double>(settings.first_batch);
  if (first > settings.budget)
    io::refuse(problem, "estimate.budget",
               fmt::format("the budget of {:.3g} steps of paths does not pay the first samples of three "
                           "levels, {:.3g}, with steps of "
                           "{:g} on the first",
                           settings.budget, first, first_step),
               "give a larger estimate.budget or a longer estimate.first_step");
}

Claim tolerance_reached(const verification::MultilevelEstimate& e, double tolerance) {
  Claim claim{"tolerance-reached",
              "The root-mean-square error is within the tolerance.",
              Evidence::statistical,
              e.failure.empty() ? e.total_error() : std::nan(""),
              tolerance,
              {}};
  claim.reason = e.failure.empty()
                     ? fmt::format(
                           "the tolerance asked for, against the root of standard error^2 ({:.2g}) and "
                           "estimated bias^2 ({:.2g})",
                           e.standard_error, e.bias)
                     : e.failure;
  return claim;
}

Claim variances_known(const std::vector<verification::Level>& levels) {
  Claim claim{"variances-are-known",
              "The variance of every level is known well enough to share out samples by it.",
              Evidence::statistical,
              0,
              verification::variance_known_to,
              {}};
  double kurtosis = 0;
  for (const auto& level : levels) {
    claim.measured = std::max(claim.measured, level.difference.relative_error_of_variance());
    kurtosis = std::max(kurtosis, level.difference.kurtosis());
  }
  claim.reason = fmt::format(
      "relative standard error of a variance, sqrt((kurtosis - 1) / N); the largest kurtosis is {:.3g}",
      kurtosis);
  return claim;
}

/// Against the closed form or the density: within chance, what bias is left and the reference's own error.
Claim agreement(const verification::MultilevelEstimate& e, const ExpectationReference& reference) {
  const double bias = e.bias + standard_errors * e.bias_standard_error;
  const verification::MeanComparison compared{e.value, e.standard_error, reference.value,
                                              bias + reference.error};
  auto claim = verification::means_agree({&compared, 1}, false_alarm_budget, "estimate-agrees",
                                         fmt::format("The estimate agrees with the {}.", reference.source))
                   .claim;
  claim.reason += fmt::format("; of it {:.2g} is the reference's own error", reference.error);
  return claim;
}

void describe_levels(const verification::MultilevelEstimate& e, const LevelSampler& sampler,
                     io::EstimateRecord& r) {
  const auto z = verification::telescoping(e.levels);
  for (std::size_t l = 0; l < e.levels.size(); ++l) {
    const auto& level = e.levels[l];
    const auto& d = level.difference;
    r.levels.push_back({sampler.step(l), static_cast<std::int64_t>(level.samples()), d.mean,
                        d.standard_error(), d.variance(), d.kurtosis(), d.relative_error_of_variance(),
                        level.fine.mean, level.fine.variance(), level.cost, sampler.seconds(l),
                        l == 0 ? 0 : z[l - 1]});
    r.seconds += sampler.seconds(l);
  }
}

void describe_rates_and_costs(const verification::MultilevelEstimate& e,
                              const verification::MultilevelSettings& settings, io::EstimateRecord& r) {
  const auto rates = verification::level_rates(e.levels);
  r.alpha = rates.alpha, r.beta = rates.beta, r.gamma = rates.gamma;
  for (std::size_t k = 0; k < tolerances; ++k) {
    const auto cost =
        verification::cost_of_error(settings, e.levels, std::ldexp(settings.tolerance, static_cast<int>(k)));
    if (!cost) continue;
    if (k == 0) r.plain_cost = cost->plain;
    r.costs.push_back({cost->tolerance, cost->multilevel, cost->plain});
  }
}

void note_what_to_know(const io::Case& problem, const io::EstimateRecord& r,
                       std::vector<std::string>& notes) {
  notes.push_back(fmt::format("Step of level 0: {:g}; {}.", r.levels.front().step, r.first_step));
  const auto worst = std::max_element(r.levels.begin(), r.levels.end(), [](const auto& a, const auto& b) {
    return a.relative_error_of_variance < b.relative_error_of_variance;
  });
  if (worst->kurtosis > high_kurtosis)
    notes.push_back(
        fmt::format("The differences have a kurtosis of up to {:.3g}: few pairs differ, by much, and the "
                    "least known variance is known to "
                    "{:.0f} %.",
                    worst->kurtosis, 100 * worst->relative_error_of_variance));
  if (!problem.domain.is_closed())
    notes.emplace_back(
        "A face absorbs: where one path of a pair is absorbed and the other is not they differ by all of the "
        "observable, so the "
        "variance of the levels falls slowly and the gain over plain Monte Carlo is small.");
  if (r.beta && r.beta->upper < below_gamma * r.gamma)
    notes.push_back(fmt::format(
        "beta = {:.2f} is below gamma = {:.2f}: the finest levels cost most, and the work of an error eps "
        "grows faster than eps^-2.",
        r.beta->value, r.gamma));
  if (r.plain_cost > 0 && r.plain_cost < r.cost)
    notes.emplace_back(
        "Plain Monte Carlo would be cheaper here: the levels cost more than they save at this tolerance.");
}

}  // namespace

io::Record estimate(const io::Case& problem, const parallel::Communicator& processes) {
  check(problem);
  const auto& observable = asked_for(problem);
  const auto& p = *problem.particles;
  const auto start = first_step(problem, observable, processes);
  LevelSampler sampler(problem, observable, start.step, processes);
  auto settings = settings_of(problem, order_in_box(problem, false));
  check_budget(problem, settings, start.step);
  const auto found =
      verification::multilevel(settings, [&](std::size_t level, std::int64_t first, std::int64_t count) {
        return sampler.sample(level, first, count);
      });

  const bool mirrored = found.weak_order < settings.weak_order;
  settings.weak_order = found.weak_order;

  io::Record record = begin_record(problem);
  record.times.clear();
  if (mirrored)
    record.notes.emplace_back(
        "Paths were mirrored at a reflecting face, which leaves weak order 1: the bias is estimated by it.");
  io::EstimateRecord r;
  r.observable = observable.name, r.scheme = p.scheme;
  r.time = problem.times.back(), r.tolerance = settings.tolerance;
  r.first_step = start.remark;
  r.value = found.value, r.standard_error = found.standard_error;
  r.bias = found.bias, r.bias_standard_error = found.bias_standard_error;
  r.total_error = found.total_error(), r.cost = found.cost(), r.promised_alpha = found.weak_order;
  describe_levels(found, sampler, r);
  describe_rates_and_costs(found, settings, r);
  record.claims = {tolerance_reached(found, settings.tolerance),
                   verification::levels_telescope(found.levels, false_alarm_budget),
                   variances_known(found.levels)};
  if (const auto reference = expectation_reference(problem, observable, processes)) {
    r.reference =
        io::EstimateReference{reference->value, reference->error, reference->source, reference->seconds};
    record.claims.push_back(agreement(found, *reference));
  }
  note_what_to_know(problem, r, record.notes);
  record.estimate = std::move(r);
  return record;
}

}  // namespace fpk::app
