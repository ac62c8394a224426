#include "app/sgd_road.hpp"

#include <chrono>
#include <cmath>

#include "app/observers/series.hpp"
#include "model/sgd/gradient_model.hpp"

namespace fpk::app {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

SgdRoad::SgdRoad(const io::Case& problem, const parallel::Communicator& processes)
    : problem_(problem),
      chains_(sde::chain_ensemble(problem.sgd->chain, *problem.initial,
                                  {.count = problem.sgd->replicas, .seed = problem.sgd->seed}, processes)) {}

void SgdRoad::advance(double t, const std::function<void(double)>& tick, const std::function<void()>& pause) {
  auto start = Clock::now();
  const auto count_seconds = [&] { seconds_ += std::chrono::duration<double>(Clock::now() - start).count(); };
  // Whole but for round-off, as when the observation times were written down.
  const double steps = std::floor(t / problem_.sgd->chain.step() * (1 + 1e-12) + 1e-9);
  chains_.advance(std::max(steps, chains_.time()), tick, [&] {
    count_seconds();
    if (pause) pause();
    start = Clock::now();
  });
  count_seconds();
}

void SgdRoad::archive(parallel::Archive& archive) {
  archive("seconds", seconds_);
  chains_.archive(archive);
}

double SgdRoad::share_outside() const {
  formula::Formula inside = 1.0;
  for (const auto& side : problem_.domain.sides) {
    if (side.is_periodic()) continue;
    const auto x = formula::Formula::variable(side.variable);
    formula::Scope scope;
    scope.variables = {side.variable};
    scope.parameters = {{"lower_end", side.lower}, {"upper_end", side.upper}};
    inside = inside * formula::parse(
                          "lower_end <= " + side.variable + " and " + side.variable + " <= upper_end", scope);
  }
  const double living = chains_.sample().total_mass();
  return living - chains_.sample().expectations({{"inside", inside}}).front().value;
}

void SgdRoad::observe(io::SgdRecord& record) const {
  record.times.push_back(chains_.time() * problem_.sgd->chain.step());
  record.steps.push_back(std::llround(chains_.time()));
  append(record.observables, problem_.observables, chains_.sample().expectations(problem_.observables), true);
  record.exploded.push_back(chains_.exploded());
  record.outside.push_back(std::max(0.0, share_outside()));
}

void SgdRoad::describe(io::SgdRecord& r) const {
  const auto& sgd = *problem_.sgd;
  r.model = sgd.model;
  r.model_title = model::find_gradient_model(sgd.model)->title;
  r.sampling = model::name(sgd.chain.sampling);
  r.learning_rate = sgd.chain.learning_rate;
  r.step = sgd.chain.step();
  r.rows = sgd.chain.rows();
  r.batch = sgd.chain.batch.text();
  r.temperature = sgd.chain.temperature.text();
  r.momentum = sgd.chain.momentum;
  r.nesterov = sgd.chain.nesterov;
  r.svag = sgd.chain.svag;
  r.replicas = sgd.replicas;
  r.seed = sgd.seed;
  r.seconds = seconds_;
}

}  // namespace fpk::app
