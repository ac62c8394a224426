#include "app/converge.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/begin_record.hpp"
#include "app/particle_road.hpp"
#include "sde/coupled_ensemble.hpp"

namespace fpk::app {

const law::Observable& chosen_observable(const io::Case& problem) {
  const auto found = std::find_if(problem.observables.begin(), problem.observables.end(),
                                  [&](const auto& o) { return o.name == problem.converge.observable; });
  return found == problem.observables.end() ? problem.observables.front() : *found;
}

namespace {

using Clock = std::chrono::steady_clock;

constexpr double sigmas_95 = 1.96;
constexpr double sigmas_of_budget = 3.89;  ///< two-sided, at the false-alarm budget of a run, 1e-4
constexpr double finite_ladder = 0.05;
constexpr double widest_interval = 1;  ///< beyond it order 1 and order 2 cannot be told apart

/// How far outside its interval the promised order may lie. The 95 % interval of a weak order is widened to
/// the false alarms that a run allows itself; an order in the cells is that of the limit, which a finite
/// ladder misses a little.
double order_slack(const io::ConvergenceStudy& study, const verification::Order& order) {
  return study.name == "weak" ? (sigmas_of_budget / sigmas_95 - 1) * 0.5 * (order.upper - order.lower)
                              : finite_ladder;
}

verification::Claim order_claim(const io::ConvergenceStudy& study) {
  verification::Claim claim;
  claim.name = study.name + "-order";
  claim.sentence = fmt::format("The {} with order {} ({}).",
                               study.scheme + (study.name == "weak" ? " scheme converges" : " converge"),
                               study.promised, study.method);
  claim.evidence =
      study.name == "weak" ? verification::Evidence::statistical : verification::Evidence::asymptotic;
  claim.allowed = 0;
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
  claim.measured = std::max({0.0, o.lower - study.promised, study.promised - o.upper});
  claim.allowed = order_slack(study, o);
  claim.reason = fmt::format("the promised order against the interval [{:.3f}, {:.3f}] around {:.3f}; {}",
                             o.lower, o.upper, o.value,
                             study.name == "weak" ? "a 95 % interval, widened to a false-alarm rate of 1e-4"
                                                  : "a finite ladder may miss the limit by 0.05");
  if (!study.verdict.remark.empty()) claim.reason += "; " + study.verdict.remark;
  return claim;
}

}  // namespace

io::ConvergenceStudy weak_study(const io::Case& problem, const parallel::Communicator& processes,
                                io::Progress::Style style) {
  const auto start = Clock::now();
  const auto& observable = chosen_observable(problem);
  const auto& p = *problem.particles;
  io::ConvergenceStudy study;
  study.name = "weak";
  study.title = "Weak order of the particle scheme in the step";
  study.scheme = p.scheme;
  study.method = "coupled paths";
  study.observable = observable.name;
  study.promised = sde::weak_order(*sde::find_scheme(p.scheme), p.noise, problem.domain, p.absorption);
  io::Progress progress("steps", static_cast<double>(problem.converge.steps.size()), style, "rung");
  std::vector<verification::Rung> rungs;
  for (std::size_t r = 0; r < problem.converge.steps.size(); ++r) {
    auto settings = ensemble_settings(p);
    settings.step = problem.converge.steps[r];
    const auto rung = sde::coupled_difference(problem.process, problem.domain, *problem.initial, settings,
                                              problem.times.back(), observable, r, processes);
    const double half = sigmas_95 * rung.difference.standard_error, d = rung.difference.value;
    study.rows.push_back({rung.step, {}, rung.coarse.value, d, d - half, d + half});
    rungs.push_back({rung.step, d, rung.difference.standard_error});
    progress.update(static_cast<double>(r + 1));
  }
  progress.finish();
  study.verdict = verification::order_of_biases(rungs);
  study.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return study;
}

io::Record converge(const io::Case& problem, const parallel::Communicator& processes,
                    io::Progress::Style style) {
  io::Record record = begin_record(problem);
  if (problem.density.enabled) record.convergence = space_studies(problem, processes, style);
  if (problem.particles && !problem.converge.steps.empty() && !problem.observables.empty())
    record.convergence.push_back(weak_study(problem, processes, style));
  if (record.convergence.empty())
    throw io::CaseError({{problem.file.string(), 0, 0, "the case asks for no study of convergence",
                          "enable the density, or give particles, an observable and converge.steps"}});
  for (const auto& study : record.convergence) record.claims.push_back(order_claim(study));
  return record;
}

}  // namespace fpk::app
