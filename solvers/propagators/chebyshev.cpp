#include "solvers/propagators/chebyshev.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/propagators/uniformisation.hpp"

namespace fpk::solvers {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// The series starts once its rounding error, eps sqrt(1 + chi^2), is below this: then smaller than any
/// tolerance.
constexpr double rounding_goal = 1e-14;

/// Cells with sqrt(pi) below this hold no mass that a number near 1 could notice; the series leaves them
/// empty once what they hold together is worth nothing.
constexpr double least_root = 1e-140, mass_worth_nothing = 1e-25;

/// What one term of the series may add to the mass by rounding.
constexpr double rounding_of_term = 1e-14;

/// Jumps of the fastest cell in one piece of the positive start.
constexpr double start_jumps = 256;

class Chebyshev : public Propagator {
 public:
  explicit Chebyshev(const PropagatorTask& task)
      : generator_(task.generator(0)),
        symmetric_(*generator_),
        start_(generator_),
        tolerance_(task.tolerance),
        root_pi_(normalised_roots()),
        previous_(generator_->field()),
        current_(generator_->field()),
        image_(generator_->part().size()),
        sum_(generator_->part().size()) {}

  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    double t = from;
    while (t < to && !ready_for_series(masses, to - t)) {
      const double piece = std::min(to - t, start_jumps / generator_->largest_outflow());
      start_.advance(masses, piece);
      t += piece;
      if (tick) tick(t);
    }
    if (t < to) series(masses, to - t);
    if (tick) tick(to);
  }

  [[nodiscard]] std::int64_t work() const override { return applications_ + start_.applications(); }

 private:
  /// sqrt(pi_c), sum of pi_c = 1.
  [[nodiscard]] std::vector<double> normalised_roots() const {
    const auto& logs = *generator_->rates().log_weights;
    const auto& processes = generator_->part().processes();
    const double largest = processes.max(*std::max_element(logs.begin(), logs.end()));
    std::vector<double> pi(logs.size());
    std::transform(logs.begin(), logs.end(), pi.begin(), [&](double l) { return std::exp(l - largest); });
    const double sum = law::total(generator_->part(), pi);
    std::transform(logs.begin(), logs.end(), pi.begin(),
                   [&](double l) { return std::exp((l - largest) / 2) / std::sqrt(sum); });
    return pi;
  }

  /// m / sqrt(pi), and 0 in the cells whose weight is beyond the range of numbers: the series leaves them
  /// empty.
  [[nodiscard]] double scaled(std::span<const double> masses, std::size_t c) const {
    return root_pi_[c] < least_root ? 0 : masses[c] / root_pi_[c];
  }

  /// chi^2 + 1 = sum m^2 / pi; infinite where there is mass without weight.
  [[nodiscard]] double spread(std::span<const double> masses) const {
    double sum = 0, without_weight = 0;
    for (std::size_t c = 0; c < masses.size(); ++c) {
      const double q = scaled(masses, c);
      sum += q * q;
      if (root_pi_[c] < least_root) without_weight += masses[c];
    }
    const auto& processes = generator_->part().processes();
    return processes.sum(without_weight) > mass_worth_nothing ? std::numeric_limits<double>::infinity()
                                                              : processes.sum(sum);
  }

  [[nodiscard]] bool ready_for_series(std::span<const double> masses, double t) const {
    const double jumps = start_.jumps(t);
    const double z = symmetric_.spectral_bound() * t / 2;
    if (jumps < std::sqrt(80 * z) + 40) return false;  // the positive way is the shorter one
    const double rounding = epsilon * std::sqrt(spread(masses));
    // Where chi^2 stays large for long (a start in a well of tiny weight) the tolerance has the last word.
    const bool too_long = jumps > 50 * std::sqrt(80 * z);
    return rounding <= rounding_goal || (too_long && rounding <= 1e-3 * tolerance_);
  }

  void series(std::span<double> masses, double t) {
    const std::size_t n = masses.size();
    const double rho = symmetric_.spectral_bound(), z = rho * t / 2;
    // The rest of the series weighs less than round-off of the largest term.
    const auto c = scaled_bessel(z, 1e-18);
    double *previous = previous_.data(), *current = current_.data();
    for (std::size_t i = 0; i < n; ++i) previous[i] = scaled(masses, i);
    symmetric_.apply(previous_, image_);
    ++applications_;
    for (std::size_t i = 0; i < n; ++i) {
      current[i] = previous[i] + 2 / rho * image_[i];  // T_1 = X q
      sum_[i] = c[0] * previous[i] + (c.size() > 1 ? 2 * c[1] * current[i] : 0);
    }
    for (std::size_t k = 2; k < c.size(); ++k) {
      symmetric_.apply(current_, image_);
      ++applications_;
      previous = previous_.data();
      current = current_.data();
      for (std::size_t i = 0; i < n; ++i) {  // T_k = 2 X T_{k-1} - T_{k-2}
        previous[i] = 2 * (current[i] + 2 / rho * image_[i]) - previous[i];
        sum_[i] += 2 * c[k] * previous[i];
      }
      std::swap(previous_, current_);
    }
    const double before = law::total(generator_->part(), masses);
    for (std::size_t i = 0; i < n; ++i) masses[i] = sum_[i] * root_pi_[i];
    if (generator_->is_closed()) restore_mass(masses, before, static_cast<double>(c.size()));
  }

  /// In a closed box the component along the null vector, sqrt(pi) in q, is a constant of the motion and
  /// equals the total mass: what rounding has added to it over thousands of terms is taken off again. More
  /// than rounding explains is a defect, and is left to show.
  void restore_mass(std::span<double> masses, double before, double terms) const {
    const double excess = law::total(generator_->part(), masses) - before;
    if (std::abs(excess) > rounding_of_term * terms) return;
    for (std::size_t i = 0; i < masses.size(); ++i) masses[i] -= excess * root_pi_[i] * root_pi_[i];
  }

  std::shared_ptr<const Generator> generator_;
  SymmetricGenerator symmetric_;
  Uniformisation start_;
  double tolerance_;
  std::vector<double> root_pi_;
  Field previous_, current_;
  std::vector<double> image_, sum_;
  std::int64_t applications_ = 0;
};

}  // namespace

std::vector<double> scaled_bessel(double z, double negligible) {
  if (z == 0) return {1};
  // I_k(z) / I_0(z) < exp(-k^2 / (2 z + k)): start the backward recurrence well beyond the last one kept.
  const double log_negligible = -std::log(negligible) + 10;
  const auto last = static_cast<std::size_t>(log_negligible + std::sqrt(2 * z * log_negligible) + 16);
  std::vector<double> values(last + 2, 0.0);
  values[last] = 1e-300;
  for (std::size_t k = last; k > 0; --k) {
    values[k - 1] = values[k + 1] + 2 * static_cast<double>(k) / z * values[k];
    if (values[k - 1] > 1e250)  // keep the recurrence in range
      for (std::size_t j = k - 1; j <= last; ++j) values[j] *= 1e-250;
  }
  double sum = values[0];
  for (std::size_t k = 1; k <= last; ++k) sum += 2 * values[k];
  for (auto& v : values) v /= sum;
  while (values.size() > 1 && values.back() < negligible) values.pop_back();
  return values;
}

std::unique_ptr<Propagator> make_chebyshev(const PropagatorTask& task) {
  return std::make_unique<Chebyshev>(task);
}

}  // namespace fpk::solvers
