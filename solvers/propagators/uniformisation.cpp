#include "solvers/propagators/uniformisation.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/total_mass.hpp"

namespace fpk::solvers {
namespace {

/// Jumps averaged over at once: long enough that the spread of the Poisson law is small beside it.
constexpr double most_jumps_at_once = 4096;

constexpr double least_mass = 1e-290;
/// What one application may change the mass by, in relative terms: a few roundings of the rates.
constexpr double rounding_of_application = 1e-15;

/// Poisson weights k = first, first + 1, ... whose sum falls short of 1 by less than 1e-17, made to sum to 1.
struct PoissonWindow {
  std::size_t first = 0;
  std::vector<double> weights;
};

PoissonWindow poisson_window(double mean) {
  const double reach = 9 * std::sqrt(mean) + 30;  // both tails beyond hold less than 1e-17 (Bernstein)
  PoissonWindow window;
  window.first = static_cast<std::size_t>(std::max(0.0, std::floor(mean - reach)));
  const auto last = static_cast<std::size_t>(std::ceil(mean + reach));
  double sum = 0;
  for (std::size_t k = window.first; k <= last; ++k) {
    const auto n = static_cast<double>(k);
    const double log_weight = n * std::log(mean) - mean - std::lgamma(n + 1);
    window.weights.push_back(mean > 0 ? std::exp(log_weight) : (k == 0 ? 1 : 0));
    sum += window.weights.back();
  }
  while (window.weights.size() > 1 && window.weights.back() < 1e-19) window.weights.pop_back();
  for (auto& w : window.weights) w /= sum;
  return window;
}

class UniformisationPropagator : public Propagator {
 public:
  explicit UniformisationPropagator(const PropagatorTask& task) : engine_(task.generator(0)) {}
  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    engine_.advance(masses, to - from, [&](double done) {
      if (tick) tick(from + done);
    });
  }
  [[nodiscard]] std::int64_t work() const override { return engine_.applications(); }

 private:
  Uniformisation engine_;
};

}  // namespace

Uniformisation::Uniformisation(std::shared_ptr<const Generator> generator)
    : generator_(std::move(generator)), power_(generator_->field()), change_(generator_->part().size()) {}

double Uniformisation::jumps(double t) const { return generator_->largest_outflow() * t; }

void Uniformisation::advance(std::span<double> masses, double t, const Tick& tick) {
  const double pieces = std::max(1.0, std::ceil(jumps(t) / most_jumps_at_once));
  for (double k = 0; k < pieces; ++k) {
    average(masses, t / pieces);
    if (tick) tick(t * (k + 1) / pieces);
  }
}

void Uniformisation::average(std::span<double> masses, double t) {
  const double rate = generator_->largest_outflow();
  if (rate * t == 0) return;
  const PoissonWindow window = poisson_window(rate * t);
  const std::size_t end = window.first + window.weights.size();
  const double before = law::total(generator_->part(), masses);
  std::copy(masses.begin(), masses.end(), power_.data());
  std::fill(masses.begin(), masses.end(), 0.0);
  for (std::size_t k = 0; k < end; ++k) {
    double* const power = power_.data();
    if (k >= window.first) {
      const double w = window.weights[k - window.first];
      for (std::size_t c = 0; c < masses.size(); ++c) masses[c] += w * power[c];
    }
    if (k + 1 == end) break;
    generator_->apply(power_, change_);
    // The cell that jumps fastest loses all it had: its round-off must not show as a negative mass. Masses
    // that no sum can notice are dropped before they become subnormal, which processors are slow at.
    for (std::size_t c = 0; c < masses.size(); ++c) {
      const double next = power[c] + change_[c] / rate;
      power[c] = next > least_mass ? next : 0;
    }
    ++applications_;
  }
  // The columns of P sum to 1 but for their rounding, which thousands of applications add up to one side.
  if (generator_->is_closed())
    restore_total(generator_->part(), masses, before, rounding_of_application * static_cast<double>(end));
}

std::unique_ptr<Propagator> make_uniformisation(const PropagatorTask& task) {
  return std::make_unique<UniformisationPropagator>(task);
}

}  // namespace fpk::solvers
