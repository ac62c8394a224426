#include "solvers/propagators/chebyshev.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

#include "formula/block_math.hpp"
#include "solvers/propagators/uniformisation.hpp"
#include "solvers/sweep/ghost_zone.hpp"

namespace fpk::solvers {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// The series starts once its rounding error, eps sqrt(1 + chi^2), is below this: then smaller than any
/// tolerance.
constexpr double rounding_goal = 1e-14;

/// Cells with sqrt(pi) below this hold no mass that a number near 1 could notice; the series leaves them
/// empty once what they hold together is worth nothing.
constexpr double least_root = 1e-140, mass_worth_nothing = 1e-25;

/// What rounding may do to the mass in a series of so many terms. A rounding error in term j reaches term k as U_(k-j)(X),
/// the Chebyshev polynomial of the second kind, which is k - j + 1 on the null vector, X = 1; the weights of the terms
/// fall off over about sqrt(z) = terms / 9 of them.
double rounding_of_series(double terms) { return 1e-14 * terms + epsilon * terms * terms / 9; }

/// The positive start goes in pieces, each twice as long as the one before it: the first costs this part of the
/// series, and has at least so many jumps.
constexpr double first_piece = 0.125, fewest_jumps = 16, most_jumps = 1024;

/// What one more sum costs beside a term of the series, and how many there are at most: each holds a vector.
constexpr double cost_of_sum = 0.15;
constexpr std::size_t most_sums = 16;

/// Applications that the series for a time t takes, with z = rho t / 2.
double series_cost(double z) { return std::sqrt(80 * z) + 20; }

class Chebyshev : public Propagator {
 public:
  explicit Chebyshev(const PropagatorTask& task)
      : generator_(task.generator(0)),
        symmetric_(std::make_unique<SymmetricGenerator>(*generator_)),
        rho_(symmetric_->spectral_bound()),
        start_(generator_),
        tolerance_(task.tolerance),
        root_pi_(normalised_roots()),
        sum_(generator_->part().size()),
        times_(task.times) {
    for (const double d : symmetric_->diagonal()) centre_.push_back(rho_ / 2 - d);
    matrix_.part = generator_->part();
    matrix_.periodic = generator_->rates().periodic;
    matrix_.diagonal = centre_.data();
    for (const auto& f : symmetric_->families()) {
      matrix_.up.push_back(f.forward.data());
      matrix_.down.push_back(f.forward.data() - f.shift);
      matrix_.shifts.push_back(f.shift);
    }
    matrix_.set_links(symmetric_->links(), false);
    widen(matrix_, generator_->rates().reach, start_.depth());
    if (!matrix_.wide) return;
    symmetric_.reset();  // copied
    centre_ = std::vector<double>();
  }

  void advance(std::span<double> masses, double from, double to, const Tick& tick) override {
    const double restored_before = start_.restored();
    if (!take_ahead(masses, from, to)) leap(masses, from, to, tick);
    restored_ += start_.restored() - restored_before;
    if (tick) tick(to);
  }

  [[nodiscard]] std::int64_t work() const override { return applications_ + start_.applications(); }

  /// With the masses of observations to come that a series has made already: to make them anew from a later time would
  /// round otherwise.
  void archive(parallel::Archive& archive) override {
    archive("restored", restored_);
    archive("applications", applications_);
    start_.archive(archive);
    std::vector<double> times;
    for (const auto& a : ahead_) times.push_back(a.time);
    archive("ahead", times);
    if (archive.is_restoring()) ahead_.resize(times.size());
    for (std::size_t k = 0; k < times.size(); ++k) archive_masses(archive, ahead_[k], times[k]);
    archive("given", given_.time);
    if (!times.empty()) archive_masses(archive, given_, given_.time);
  }

 private:
  /// Masses made for an observation to come, by the series of an earlier one.
  struct Ahead {
    double time;
    AlignedArray masses;
  };

  void archive_masses(parallel::Archive& archive, Ahead& ahead, double time) const {
    const auto& part = generator_->part();
    ahead.time = time;
    ahead.masses.resize(part.size());
    archive.shared("masses", std::span<double>(ahead.masses), part.first(), part.grid().size());
  }

  void leap(std::span<double> masses, double from, double to, const Tick& tick) {
    double t = from;
    for (double jumps = first_jumps(to - from); t < to; jumps = std::min(2 * jumps, most_jumps)) {
      double piece = to - t;
      const bool positive_is_shorter =
          Uniformisation::cost(start_.jumps(piece)) <= series_cost(half_width(piece));
      if (!positive_is_shorter) {
        if (ready_for_series(masses, piece)) break;
        piece = std::min(piece, jumps / generator_->largest_outflow());
      }
      start_.advance(masses, piece);
      t = piece < to - t ? t + piece : to;
      if (tick) tick(t);
    }
    if (t < to) series(masses, t, to);
  }

  /// Whether these are the masses that the last call returned, and what they become is known.
  bool take_ahead(std::span<double> masses, double from, double to) {
    const auto& processes = generator_->part().processes();
    const bool known = !ahead_.empty() && from == given_.time && to == ahead_.front().time &&
                       std::equal(masses.begin(), masses.end(), given_.masses.begin(), given_.masses.end());
    if (processes.min(known ? 1.0 : 0.0) == 0) {
      ahead_.clear();
      return false;
    }
    given_ = std::move(ahead_.front());
    ahead_.pop_front();
    std::copy(given_.masses.begin(), given_.masses.end(), masses.begin());
    return true;
  }

  /// `to`, and the observations after it for which the same series is the cheapest way, by applications for each.
  [[nodiscard]] std::vector<double> goals(double t, double to) const {
    std::vector<double> all{to};
    const auto terms = [&](double time) { return series_cost(half_width(time - t)); };
    double sums = 0, least = terms(to);
    std::size_t best = 1;
    for (auto next = std::upper_bound(times_.begin(), times_.end(), to);
         next != times_.end() && all.size() < most_sums; ++next) {
      all.push_back(*next);
      sums += cost_of_sum * terms(*next);
      const double each = (terms(*next) + sums) / static_cast<double>(all.size());
      if (each < least) {
        least = each;
        best = all.size();
      }
    }
    all.resize(best);
    return all;
  }

  [[nodiscard]] double half_width(double t) const { return rho_ * t / 2; }

  /// Jumps of the first piece of a positive start.
  [[nodiscard]] double first_jumps(double t) const {
    const double affordable = first_piece * series_cost(half_width(t));  // jumps + 9 sqrt(jumps) + 10
    const double root = (std::sqrt(81 + 4 * std::max(0.0, affordable - 10)) - 9) / 2;
    return std::clamp(root * root, fewest_jumps, most_jumps);
  }

  /// sqrt(pi_c), sum of pi_c = 1.
  [[nodiscard]] std::vector<double> normalised_roots() const {
    const auto& logs = *generator_->rates().log_weights;
    const auto& processes = generator_->part().processes();
    const double largest = processes.max(*std::max_element(logs.begin(), logs.end()));
    std::vector<double> roots(logs.size()), pi(logs.size());
    for (std::size_t c = 0; c < logs.size(); ++c) roots[c] = (logs[c] - largest) / 2;
    formula::block_exp(roots.data(), roots.data(), roots.size());
    for (std::size_t c = 0; c < logs.size(); ++c) pi[c] = roots[c] * roots[c];
    const double norm = std::sqrt(law::total(generator_->part(), pi));
    for (auto& r : roots) r /= norm;
    return roots;
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
    const double rounding = epsilon * std::sqrt(spread(masses));
    // Where chi^2 stays large for long (a start in a well of tiny weight) the tolerance has the last word.
    const bool too_long = start_.jumps(t) > 50 * series_cost(half_width(t));
    return rounding <= rounding_goal || (too_long && rounding <= 1e-3 * tolerance_);
  }

  /// From t to `to`, and to observations beyond.
  void series(std::span<double> masses, double t, double to) {
    const double before = law::total(generator_->part(), masses);
    double* q = start_.even().data();
    for (std::size_t i = 0; i < masses.size(); ++i) q[i] = scaled(masses, i);
    std::vector<std::vector<double>> weights;
    std::vector<WeightedSum> sums;
    for (const double goal : goals(t, to)) {
      // The rest of the series weighs less than round-off of the largest term.
      weights.push_back(scaled_bessel(half_width(goal - t), 1e-18));
      for (std::size_t k = 1; k < weights.back().size(); ++k) weights.back()[k] *= 2;
      if (goal != to) ahead_.push_back({goal, AlignedArray(masses.size(), 0.0)});
    }
    std::fill(sum_.begin(), sum_.end(), 0.0);
    for (std::size_t j = 0; j < weights.size(); ++j)
      sums.push_back({weights[j], j == 0 ? sum_.data() : ahead_[j - 1].masses.data()});
    const std::size_t levels = std::max<std::size_t>(1, weights.back().size() - 1);
    sweep(matrix_, Sequence::chebyshev, 4 / rho_, levels, start_.even(), start_.odd(), sums);
    applications_ += static_cast<std::int64_t>(levels);
    for (std::size_t j = 0; j < sums.size(); ++j)
      finish({sums[j].sum, masses.size()}, before, static_cast<double>(weights[j].size()));
    std::copy(sum_.begin(), sum_.end(), masses.begin());
    if (!ahead_.empty()) given_ = {to, {masses.begin(), masses.end()}};
  }

  /// From the sum of so many terms back to masses.
  void finish(std::span<double> sum, double before, double terms) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] *= root_pi_[i];
    if (generator_->is_closed()) restore_mass(sum, before, terms);
  }

  /// In a closed box the component along the null vector, sqrt(pi) in q, is a constant of the motion and
  /// equals the total mass: what rounding has added to it over thousands of terms is taken off again. More
  /// than rounding explains is a defect, and is left to show.
  void restore_mass(std::span<double> masses, double before, double terms) {
    const double excess = law::total(generator_->part(), masses) - before;
    if (std::abs(excess) > rounding_of_series(terms)) return;
    for (std::size_t i = 0; i < masses.size(); ++i) masses[i] -= excess * root_pi_[i] * root_pi_[i];
    restored_ += std::abs(excess) / before;
  }

  std::shared_ptr<const Generator> generator_;
  std::unique_ptr<const SymmetricGenerator> symmetric_;  ///< while the matrix points into it
  double rho_;                                           ///< bounds the spectrum
  Uniformisation start_;
  double tolerance_;
  std::vector<double> root_pi_;
  std::vector<double> centre_;  ///< rho/2 less what leaves
  SweepMatrix matrix_;          ///< rho/2 + S = rho/2 X
  AlignedArray sum_;
  std::vector<double> times_;  ///< of the observations
  Ahead given_{};              ///< what the last call returned, while there is something ahead
  std::deque<Ahead> ahead_;
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
