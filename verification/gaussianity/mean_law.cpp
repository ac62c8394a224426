#include "verification/gaussianity/mean_law.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <unsupported/Eigen/FFT>
#include <vector>

#include "verification/gaussianity/berry_esseen.hpp"
#include "verification/gaussianity/kolmogorov.hpp"

namespace fpk::verification {
namespace {

constexpr double most_choices = 1 << 20;
constexpr double most_points = 1 << 22;
constexpr double cells_a_deviation = 4096;  ///< of the sum
constexpr double exponent = 21;             ///< exp(-21) < 1e-9

double choices(std::size_t N, std::size_t b, bool with_replacement) {
  double count = 1;
  for (std::size_t k = 0; k < b && count <= most_choices; ++k)
    count *= static_cast<double>(with_replacement ? N : N - k);
  return count;
}

/// The sums of all ordered choices, in no order.
class Choices {
 public:
  Choices(std::span<const double> y, std::size_t b, bool with_replacement)
      : y_(y), with_replacement_(with_replacement), taken_(y.size(), false) {
    choose(b, 0);
  }
  std::vector<double> sums;

 private:
  void choose(std::size_t left, double sum) {
    if (left == 0) return sums.push_back(sum);
    for (std::size_t i = 0; i < y_.size(); ++i) {
      if (taken_[i]) continue;
      taken_[i] = !with_replacement_;
      choose(left - 1, sum + y_[i]);
      taken_[i] = false;
    }
  }
  std::span<const double> y_;
  bool with_replacement_;
  std::vector<bool> taken_;
};

/// Sums that differ by rounding alone are one step of F.
KnownDistance by_choices(std::span<const double> y, std::size_t b, bool with_replacement) {
  auto z = Choices(y, b, with_replacement).sums;
  std::ranges::sort(z);
  const auto N = static_cast<double>(y.size()), n = static_cast<double>(b);
  const double deviation = std::sqrt(n * (with_replacement ? 1 : (N - n) / (N - 1)));
  const auto count = static_cast<double>(z.size());
  double D = 0;
  for (std::size_t first = 0, next = 0; first < z.size(); first = next) {
    while (next < z.size() && z[next] - z[first] < 1e-11 * deviation) ++next;
    const double F = normal_cdf(z[first] / deviation);
    D = std::max({D, F - static_cast<double>(first) / count, static_cast<double>(next) / count - F});
  }
  return {D, 1e-9};
}

/// The law of the sum of b of the numbers y, which have mean 0 and variance 1, on a lattice of spacing h.
class LatticeSum {
 public:
  LatticeSum(std::span<const double> y, std::size_t b, double h)
      : h_(h), b_(static_cast<double>(b)), least_(std::ranges::min(y)) {
    const double high = std::ranges::max(y), farthest = std::max(-least_, high), root = std::sqrt(b_);
    const double a = exponent * farthest / (3 * root), t = a + std::sqrt(a * a + 2 * exponent);
    const double support = b_ * (high - least_), window = 2 * t * root;
    const double points = support <= window ? support / h_ + b_ + 2 : window / h_ + 2;
    if (points > most_points) return;
    size_ = std::bit_ceil(static_cast<std::size_t>(points));
    first_ = support <= window ? 0 : std::floor(-b_ * least_ / h_) - 0.5 * static_cast<double>(size_);
    spread(y);
    power(b);
  }

  /// Of one step of F at a time: visit(z, F before, F after), z in standard deviations.
  template <class Visit>
  void each_step(const Visit& visit) const {
    const double deviation = std::sqrt(b_ * variance_);
    double F = 0;
    for (std::size_t k = 0; k < size_; ++k) {
      const double j = first_ + static_cast<double>(k), before = F;
      F += law_[index(j)];
      visit((b_ * least_ + j * h_) / deviation, before, F);
    }
  }
  [[nodiscard]] bool is_made() const { return size_ != 0; }

 private:
  [[nodiscard]] std::size_t index(double j) const {
    const auto M = static_cast<double>(size_);
    return static_cast<std::size_t>(j - M * std::floor(j / M));
  }
  void spread(std::span<const double> y) {
    law_.assign(size_, 0);
    const auto N = static_cast<double>(y.size());
    double second = 0;
    for (const double x : y) {
      const double place = (x - least_) / h_, below = std::floor(place + 1e-7);
      const double f = std::max(place - below, 0.0);
      law_[index(below)] += (1 - f) / N;
      law_[index(below + 1)] += f / N;
      const double u = least_ + below * h_, v = u + h_;
      second += ((1 - f) * u * u + f * v * v) / N;
    }
    variance_ = second;
  }
  void power(std::size_t b) {
    Eigen::FFT<double> transform;
    std::vector<std::complex<double>> phi;
    transform.fwd(phi, law_);
    for (auto& c : phi) {
      std::complex<double> product = 1, square = c;
      for (std::size_t e = b; e > 0; e /= 2, square *= square)
        if (e % 2 == 1) product *= square;
      c = product;
    }
    transform.inv(law_, phi);
  }

  double h_, b_, least_, first_ = 0, variance_ = 1;
  std::size_t size_ = 0;
  std::vector<double> law_;
};

std::optional<KnownDistance> by_lattice(std::span<const double> y, std::size_t b, double span) {
  const double root = std::sqrt(static_cast<double>(b));
  const bool is_lattice = span > root / cells_a_deviation;
  const LatticeSum sum(y, b, is_lattice ? span : root / cells_a_deviation);
  if (!sum.is_made()) return std::nullopt;
  double at_ends = 0, at_middle = 0;
  sum.each_step([&](double z, double before, double after) {
    const double Phi = normal_cdf(z);
    at_ends = std::max({at_ends, std::abs(before - Phi), std::abs(after - Phi)});
    at_middle = std::max(at_middle, std::abs(0.5 * (before + after) - Phi));
  });
  if (is_lattice) return KnownDistance{at_ends, 1e-9};
  return KnownDistance{at_middle, at_ends - at_middle + 1e-9};
}

}  // namespace

std::optional<KnownDistance> distance_of_mean(std::span<const double> numbers, std::size_t b,
                                              bool with_replacement) {
  const auto shape = population_shape(numbers);
  if (!(shape.deviation > 0) || b == 0 || (!with_replacement && b >= numbers.size())) return std::nullopt;
  std::vector<double> y(numbers.begin(), numbers.end());
  for (double& v : y) v = (v - shape.mean) / shape.deviation;
  if (choices(y.size(), b, with_replacement) <= most_choices) return by_choices(y, b, with_replacement);
  return with_replacement ? by_lattice(y, b, shape.span) : std::nullopt;
}

}  // namespace fpk::verification
