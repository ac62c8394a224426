#include "app/operator_studies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>

#include "app/converge.hpp"
#include "app/exact_law.hpp"
#include "app/operator_road.hpp"
#include "app/particle_road.hpp"
#include "app/stationary_mean.hpp"
#include "law/exact/gaussian.hpp"
#include "sde/boundary.hpp"
#include "sde/ensemble.hpp"
#include "sde/scheme.hpp"
#include "sde/time_steps.hpp"
#include "verification/known_errors.hpp"
#include "verification/operator/limit_of_ladder.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;
using verification::StepValue;
using verification::Value;

using verification::changes_sign, verification::floor_in_words, verification::floor_over_error;
/// Halvings of the finest step below the ladder, for the limit.
int halvings(const io::Case& problem) { return problem.process.dimension() == 1 ? 5 : 3; }

/// Whether some of 16384 particles with the longest step are mirrored: of rarer meetings with a wall the orders do not tell.
bool meets_reflecting_faces(const io::Case& problem, const sde::SchemeFacts& scheme) {
  if (std::isinf(sde::order_at_walls(problem.domain))) return false;
  auto settings = ensemble_settings(*problem.particles);
  settings.count = 16384;
  settings.scheme = scheme.name;
  settings.step = problem.converge.steps.front();
  sde::Ensemble pilot(problem.process, problem.domain, *problem.initial, settings,
                      parallel::Communicator::self());
  pilot.advance(problem.times.back());
  return pilot.mirrored() > 0;
}

class OperatorStudies {
 public:
  /// `suffix`: of the studies' names, where there are several schemes.
  OperatorStudies(const io::Case& problem, const sde::SchemeFacts& scheme, std::string suffix,
                  io::Progress::Style style)
      : problem_(problem),
        style_(style),
        scheme_(scheme),
        suffix_(std::move(suffix)),
        observable_(chosen_observable(problem)),
        stationary_(stationary_mean(problem, observable_)),
        mirrored_(meets_reflecting_faces(problem, scheme)),
        road_(problem, scheme, observable_, stationary_.has_value()) {}

  std::vector<io::ConvergenceStudy> all() {
    std::vector<io::ConvergenceStudy> studies{weak()};
    if (stationary_) studies.push_back(invariant());
    return studies;
  }

 private:
  io::ConvergenceStudy weak() {
    const auto start = Clock::now();
    auto study = begin("weak", fmt::format("Weak order of {} in the step", scheme_.name));
    study.promised = sde::weak_order(scheme_, problem_.process, problem_.particles->noise, problem_.domain,
                                     sde::Absorption::end_of_step);
    study.at_least = scheme_.has_decision;
    const double end = problem_.times.back();
    std::vector<std::int64_t> counts;
    for (const double step : problem_.converge.steps) counts.push_back(sde::equal_steps(end, step).count);
    const std::size_t rungs = counts.size();
    const auto exact = exact_mean();
    if (!exact)
      for (int k = 0; k < halvings(problem_); ++k) counts.push_back(2 * counts.back());
    io::Progress progress("steps", static_cast<double>(counts.size()), style_, "rung");
    std::vector<StepValue> values;
    for (const auto count : counts) {
      values.push_back({end / static_cast<double>(count), iteration().expectation(count)});
      progress.update(static_cast<double>(values.size()));
    }
    progress.finish();
    const std::vector<StepValue> finest(values.begin() + static_cast<std::ptrdiff_t>(rungs) - 1,
                                        values.end());
    // By powers that are all there: half ones behind a wall that mirrors, too.
    const double gap = sde::gap_of_orders(scheme_, problem_.domain);
    const double exponent = mirrored_ ? std::min(gap, sde::gap_at_walls) : gap;
    const Value limit = exact ? *exact : verification::limit_of_ladder(finest, exponent);
    values.resize(rungs);
    judge(study, values, limit,
          exact
              ? "the exact law"
              : fmt::format("the limit of the scheme itself, from steps down to {:.3g}", finest.back().step));
    study.reference->is_own_limit = !exact;
    study.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return study;
  }

  io::ConvergenceStudy invariant() {
    const auto start = Clock::now();
    auto study =
        begin("invariant", fmt::format("Order of the invariant law of {} in the step", scheme_.name));
    study.promised = sde::invariant_order(scheme_, problem_.process, problem_.particles->noise);
    io::Progress progress("steps", static_cast<double>(problem_.converge.steps.size()), style_, "rung");
    std::vector<StepValue> values;
    for (const double step : problem_.converge.steps) {
      const auto steps = sde::equal_steps(problem_.times.back(), step);
      values.push_back({steps.size, iteration().invariant(steps.size)});
      progress.update(static_cast<double>(values.size()));
    }
    progress.finish();
    judge(study, values, *stationary_, "the stationary law");
    study.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return study;
  }

  io::ConvergenceStudy begin(const std::string& name, const std::string& title) const {
    io::ConvergenceStudy study;
    study.name = name + suffix_;
    study.title = title;
    study.scheme = scheme_.name;
    study.noise = sde::name(problem_.particles->noise);
    study.method = "operator";
    study.observable = observable_.name;
    return study;
  }

  /// Errors against the reference, and the order seen on them.
  void judge(io::ConvergenceStudy& study, const std::vector<StepValue>& values, const Value& reference,
             const std::string& source) const {
    double known_to = 0;
    std::vector<verification::Rung> rungs;
    for (const auto& [step, value] : values) {
      const double error = value.value - reference.value;
      study.rows.push_back({step, {}, value.value, error, error, error});
      rungs.push_back({step, error, 0});
      known_to = std::max(known_to, value.error);
    }
    study.reference = io::StudyReference{reference.value, reference.error, source, false};
    study.resolution = known_to + reference.error;
    study.cut_off = iteration().cut_off();
    study.verdict =
        changes_sign(rungs, floor_over_error * study.resolution)
            ? verification::OrderVerdict{{}, "pre-asymptotic: the error changes sign on the ladder"}
            : verification::order_of_errors(rungs, floor_over_error * study.resolution, floor_in_words);
    const bool exact = std::isinf(study.promised) &&
                       std::all_of(rungs.begin(), rungs.end(), [&](const verification::Rung& rung) {
                         return std::abs(rung.error) <= floor_over_error * study.resolution;
                       });
    if (mirrored_ && !exact) lower_promise(study, sde::order_at_walls(problem_.domain));
  }

  /// Where the law of X_T is Gaussian and feels no wall.
  [[nodiscard]] std::optional<Value> exact_mean() const {
    const auto exact = ExactLaw::of(problem_, law::GridPart(law::Grid(problem_.axes)));
    if (!exact) return std::nullopt;
    const auto f = function_of(observable_, problem_.process.variables);
    std::vector<law::Point> points;
    const auto nodes = law::initial_nodes(exact->gaussian(problem_.times.back()));
    for (const auto& node : nodes) points.push_back(node.x);
    const auto values = f(points);
    double mean = 0, size = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      mean += nodes[i].weight * values[i];
      size += nodes[i].weight * std::abs(values[i]);
    }
    return Value{mean, std::max(exact->outside(), 1e-15) * size};
  }

  [[nodiscard]] const verification::OperatorIteration& iteration() const { return road_.iteration(); }

  const io::Case& problem_;
  io::Progress::Style style_;
  const sde::SchemeFacts& scheme_;
  std::string suffix_;
  const law::Observable& observable_;
  std::optional<Value> stationary_;
  bool mirrored_;
  OperatorRoad road_;
};

}  // namespace

std::vector<io::ConvergenceStudy> operator_studies(const io::Case& problem, io::Progress::Style style) {
  if (problem.converge.schemes.empty())
    return OperatorStudies(problem, *sde::find_scheme(problem.particles->scheme), "", style).all();
  std::vector<io::ConvergenceStudy> studies;
  for (const auto& name : problem.converge.schemes)
    for (auto& study : OperatorStudies(problem, *sde::find_scheme(name), "-" + name, style).all())
      studies.push_back(std::move(study));
  return studies;
}

}  // namespace fpk::app
