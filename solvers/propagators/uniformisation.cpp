#include "solvers/propagators/uniformisation.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/sweep/ghost_zone.hpp"
#include "solvers/total_mass.hpp"

namespace fpk::solvers {
namespace {

/// Jumps averaged over at once: long enough that the spread of the Poisson law is small beside it.
constexpr double most_jumps_at_once = 4096;

/// What one application may change the mass by, in relative terms: a few roundings of the rates.
constexpr double rounding_of_application = 1e-15;

/// Weights below this at either end are left out: together less than one rounding.
constexpr double negligible_weight = 1e-18;

/// Poisson weights k = 0, 1, 2, ..., those that are negligible set to 0, made to sum to 1.
std::vector<double> poisson_weights(double mean) {
  const double reach = 9 * std::sqrt(mean) + 30;  // both tails beyond hold less than 1e-17 (Bernstein)
  const auto last = static_cast<std::size_t>(std::ceil(mean + reach));
  std::vector<double> weights;
  double sum = 0;
  for (std::size_t k = 0; k <= last; ++k) {
    const auto n = static_cast<double>(k);
    const double weight = std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
    weights.push_back(weight < negligible_weight ? 0 : weight);
    sum += weights.back();
  }
  while (weights.back() == 0) weights.pop_back();
  for (auto& w : weights) w /= sum;
  return weights;
}

class UniformisationPropagator : public Propagator {
 public:
  explicit UniformisationPropagator(const PropagatorTask& task) : engine_(task.generator(0)) {}
  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    engine_.advance(masses, to - from, [&](double done) {
      if (tick) tick(from + done);
    });
    restored_ = engine_.restored();
  }
  [[nodiscard]] std::int64_t work() const override { return engine_.applications(); }
  void archive(parallel::Archive& archive) override {
    engine_.archive(archive);
    restored_ = engine_.restored();
  }

 private:
  Uniformisation engine_;
};

}  // namespace

Uniformisation::Uniformisation(std::shared_ptr<const Generator> generator)
    : generator_(std::move(generator)) {
  const Rates& rates = generator_->rates();
  for (const double r : generator_->outflow()) stay_.push_back(generator_->largest_outflow() - r);
  jump_.part = rates.part;
  jump_.periodic = rates.periodic;
  jump_.diagonal = stay_.data();
  for (const auto& f : rates.families) {
    jump_.up.push_back(f.backward.data());
    jump_.down.push_back(f.forward.data() - f.shift);
    jump_.shifts.push_back(f.shift);
  }
  jump_.set_links(rates.links, false);
  widen(jump_, rates.reach, levels_between_exchanges(jump_, rates.reach));
  if (jump_.wide) stay_ = std::vector<double>();  // copied
  even_ = odd_ = Field(rates.part, rates.periodic, rates.reach * jump_.depth);
}

double Uniformisation::jumps(double t) const { return generator_->largest_outflow() * t; }

void Uniformisation::advance(std::span<double> masses, double t, const Tick& tick) {
  const double pieces = std::max(1.0, std::ceil(jumps(t) / most_jumps_at_once));
  for (double k = 0; k < pieces; ++k) {
    average(masses, t / pieces);
    if (tick) tick(t * (k + 1) / pieces);
  }
}

double Uniformisation::cost(double jumps) { return jumps + 9 * std::sqrt(jumps) + 10; }

void Uniformisation::average(std::span<double> masses, double t) {
  const double rate = generator_->largest_outflow();
  if (rate * t == 0) return;
  const auto weights = poisson_weights(rate * t);
  const double before = law::total(generator_->part(), masses);
  std::copy(masses.begin(), masses.end(), even_.data());
  for (auto& m : masses) m *= weights.size() == 1 ? weights[0] : 0;
  const WeightedSum sum{weights, masses.data()};
  sweep(jump_, Sequence::chain, 1 / rate, weights.size() - 1, even_, odd_, {&sum, 1});
  applications_ += static_cast<std::int64_t>(weights.size()) - 1;
  // The columns of P sum to 1 but for their rounding, which thousands of applications add up to one side.
  if (generator_->is_closed())
    restored_ += restore_total(generator_->part(), masses, before,
                               rounding_of_application * static_cast<double>(weights.size()));
}

std::unique_ptr<Propagator> make_uniformisation(const PropagatorTask& task) {
  return std::make_unique<UniformisationPropagator>(task);
}

}  // namespace fpk::solvers
