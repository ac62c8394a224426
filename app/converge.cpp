#include "app/converge.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "app/begin_record.hpp"
#include "app/limit_agreement.hpp"
#include "app/noise_of_pairs.hpp"
#include "app/operator_studies.hpp"
#include "app/run_claims.hpp"
#include "app/sgd_studies.hpp"
#include "app/strong_study.hpp"
#include "io/refusal.hpp"
#include "verification/normal_quantile.hpp"

namespace fpk::app {

void lower_promise(io::ConvergenceStudy& study, double allowed) {
  if (!(allowed < study.promised)) return;
  study.promised = allowed;
  study.at_least = true;
  study.verdict.remark +=
      fmt::format("{}paths were mirrored at a reflecting face, which leaves order {:g}, not the scheme's own",
                  study.verdict.remark.empty() ? "" : "; ", allowed);
}

const law::Observable& chosen_observable(const io::Case& problem) {
  const auto found = std::find_if(problem.observables.begin(), problem.observables.end(),
                                  [&](const auto& o) { return o.name == problem.converge.observable; });
  return found == problem.observables.end() ? problem.observables.front() : *found;
}

namespace {

constexpr double finite_ladder = 0.05;
constexpr double error_of_exact = 10;  ///< times what it is known to, the error of what should have none
constexpr double widest_interval = 1;  ///< beyond it order 1 and order 2 cannot be told apart

/// How far outside its interval the promised order may lie. The 95 % interval of a sampled order is widened to the false alarms
/// that a run allows itself. An order of errors known without chance, or to a small one, is that of the limit, which a finite
/// ladder misses a little.
double order_slack(const io::ConvergenceStudy& study, const verification::Order& order) {
  const double widened = verification::two_sided_quantile(false_alarm_budget) / verification::sigmas_95 - 1;
  const double of_chance = study.sampled ? widened * 0.5 * (order.upper - order.lower) : 0;
  return of_chance + (study.name == "weak" && study.sampled ? 0 : finite_ladder);
}

std::string words_of_slack(const io::ConvergenceStudy& study) {
  const std::string chance = "a 95 % interval, widened to a false-alarm rate of 1e-4",
                    ladder = "a finite ladder may miss the limit by 0.05";
  if (!study.sampled) return ladder;
  return study.name == "weak" ? chance : chance + "; " + ladder;
}

/// A study of the particle scheme rather than of the density.
bool is_of_scheme(const io::ConvergenceStudy& study) { return study.flux.empty(); }

std::string words_of_scheme(const io::ConvergenceStudy& study) {
  if (study.name.starts_with("invariant")) return " scheme's invariant law converges";
  if (study.name == "strong") return " scheme converges path by path";
  return " scheme converges";
}

/// An order without bound: the error is what it is known to, whatever the step.
verification::Claim exact_claim(verification::Claim claim, const io::ConvergenceStudy& study) {
  claim.sentence =
      fmt::format("The {} scheme has no error of the step in its {} ({}).", study.scheme,
                  study.name.starts_with("invariant") ? "invariant law" : "expectation", study.method);
  for (const auto& row : study.rows) claim.measured = std::max(claim.measured, std::abs(row.error));
  claim.allowed = error_of_exact * study.resolution;
  claim.reason = fmt::format("the largest error against {} times what errors are known to, {:.2g}",
                             error_of_exact, study.resolution);
  return claim;
}

verification::Claim order_claim(const io::ConvergenceStudy& study) {
  verification::Claim claim;
  claim.name = study.name + "-order";
  claim.sentence = fmt::format("The {} with order {}{} ({}).",
                               study.scheme + (is_of_scheme(study) ? words_of_scheme(study) : " converge"),
                               study.at_least ? "at least " : "", study.promised, study.method);
  claim.evidence = study.sampled ? verification::Evidence::statistical : verification::Evidence::asymptotic;
  claim.allowed = 0;
  if (study.of_gradients)
    claim.sentence =
        fmt::format("{}'s {} converges to that of stochastic gradient descent with order {} at least ({}).",
                    study.scheme, study.observable, study.promised, study.method);
  if (study.is_exact) {
    claim.reason = study.verdict.remark;
    return claim;
  }
  if (std::isinf(study.promised)) return exact_claim(std::move(claim), study);
  if (!study.verdict.order) {
    claim.measured = std::nan("");
    claim.reason = "no order could be told: " + study.verdict.remark;
    return claim;
  }
  const auto& o = *study.verdict.order;
  if (o.upper - o.lower > widest_interval) {
    claim.measured = std::nan("");
    claim.reason = fmt::format("the interval [{:.2f}, {:.2f}] is too wide to tell an order; {}", o.lower,
                               o.upper, study.verdict.remark);
    return claim;
  }
  const double above = study.at_least ? 0 : o.lower - study.promised;
  claim.measured = std::max({0.0, above, study.promised - o.upper});
  claim.allowed = order_slack(study, o);
  claim.reason = fmt::format("the promised order against the interval [{:.3f}, {:.3f}] around {:.3f}; {}",
                             o.lower, o.upper, o.value, words_of_slack(study));
  if (!study.verdict.remark.empty()) claim.reason += "; " + study.verdict.remark;
  return claim;
}

/// Before anything is computed.
void check(const io::Case& problem) {
  if (!problem.particles) return;
  if (!problem.converge.steps.empty() && problem.converge.method == io::ConvergeMethod::coupled_paths)
    check_noise_of_pairs(problem, "converge.method = \"coupled\" takes",
                         ", or converge.method = \"operator\"");
  if (problem.converge.strong)
    check_noise_of_pairs(problem, "converge.strong takes", ", or leave converge.strong out");
}

}  // namespace

io::Record converge(const io::Case& problem, const parallel::Communicator& processes,
                    io::Progress::Style style) {
  check(problem);
  io::Record record = begin_record(problem);
  if (problem.density.enabled && problem.converge.learning_rates.empty())
    record.convergence = space_studies(problem, processes, style);
  if (problem.particles && !problem.converge.steps.empty() && !problem.observables.empty()) {
    if (problem.converge.method == io::ConvergeMethod::coupled_paths)
      record.convergence.push_back(weak_study(problem, processes, style));
    else
      for (auto& study : operator_studies(problem, style)) record.convergence.push_back(std::move(study));
  }
  if (problem.particles && problem.converge.strong)
    record.convergence.push_back(strong_study(problem, processes, style));
  if (auto sgd = sgd_studies(problem, processes, style)) {
    record.sgd_expectations = std::move(sgd->chain);
    for (auto& study : sgd->studies) record.convergence.push_back(std::move(study));
    for (auto& note : sgd->notes) record.notes.push_back(std::move(note));
  }
  if (record.convergence.empty() && !record.sgd_expectations)
    io::refuse(problem, "converge", "the case asks for no study of convergence",
               "enable the density, or give particles, an observable and converge.steps");
  for (const auto& study : record.convergence) {
    record.claims.push_back(order_claim(study));
    if (auto claim = limit_agreement(problem, study, record.convergence))
      record.claims.push_back(std::move(*claim));
  }
  return record;
}

}  // namespace fpk::app
