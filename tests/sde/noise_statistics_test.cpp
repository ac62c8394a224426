// Statistical tests of the streams of random numbers, for every law of the increments.
//
// Seeds are fixed, so that a test passes always or never; the budget is for whoever changes the numbers. A comparison may lie
// 5.5 standard errors off, two-sided false alarm 4e-8; there are about two hundred, so below 1e-5 for the file.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "sde/block.hpp"
#include "sde/draws.hpp"
#include "sde/noise/fill.hpp"

namespace {

using namespace fpk;
using sde::BlockArrays;
using sde::NoiseKind;
using sde::Purpose;
using sde::Stream;
constexpr std::size_t width = formula::block_width;
constexpr double allowed = 5.5;

/// E Z^p for p = 0, ..., 12, of variance 1.
std::array<double, 13> moments_of_law(NoiseKind kind) {
  std::array<double, 13> m{};
  m[0] = 1;
  for (std::size_t p = 2; p <= 12; p += 2) {
    const auto q = static_cast<double>(p);
    const double factor = kind == NoiseKind::two_point     ? 1
                          : kind == NoiseKind::three_point ? (p == 2 ? 1 : 3)
                                                           : q - 1;
    m[p] = m[p - 2] * factor;
  }
  return m;
}

class NoiseStatistics : public testing::TestWithParam<NoiseKind> {
 protected:
  void fill(const Stream& stream, std::uint64_t first, std::uint64_t step, const BlockArrays& to) const {
    sde::fill_increments(stream, GetParam(), first, step, 1, to.all());
  }
};

TEST_P(NoiseStatistics, HasTheMomentsOfItsLawToTheSixth) {
  const auto of_law = moments_of_law(GetParam());
  for (const std::size_t components : {1U, 2U}) {
    const BlockArrays z(components);
    std::array<double, 7> sums{};
    double n = 0;
    for (std::uint64_t block = 0; block < 16384; ++block) {
      fill({11}, (block % 128) * width, block / 128, z);
      for (std::size_t k = 0; k < components; ++k)
        for (std::size_t i = 0; i < width; ++i) {
          double power = 1;
          for (std::size_t p = 1; p <= 6; ++p) sums[p] += power *= z[k][i];
        }
      n += static_cast<double>(components * width);
    }
    for (std::size_t p = 1; p <= 6; ++p) {
      const double standard_error = std::sqrt((of_law[2 * p] - of_law[p] * of_law[p]) / n);
      // 1e-9: sqrt(3)^6 is not 27 to the last bit
      EXPECT_NEAR(sums[p] / n, of_law[p], allowed * standard_error + 1e-9) << "moment " << p;
    }
  }
}

/// z-scores of the correlations of two families, and of their squares.
struct Correlation {
  double of_values = 0, of_squares = 0;
};
class Correlator {
 public:
  explicit Correlator(NoiseKind kind) : variance_of_square_(moments_of_law(kind)[4] - 1) {}
  void add(double a, double b) {
    values_ += a * b;
    squares_ += (a * a - 1) * (b * b - 1);
    ++n_;
  }
  [[nodiscard]] Correlation z_scores() const {
    // Squares of two-point numbers do not vary.
    return {values_ / std::sqrt(n_),
            variance_of_square_ > 0 ? squares_ / variance_of_square_ / std::sqrt(n_) : 0};
  }

 private:
  double variance_of_square_, values_ = 0, squares_ = 0, n_ = 0;
};

void expect_uncorrelated(const Correlation& z, const std::string& what) {
  EXPECT_LT(std::abs(z.of_values), allowed) << what;
  EXPECT_LT(std::abs(z.of_squares), allowed) << what;
}

TEST_P(NoiseStatistics, OfDifferentArgumentsIsUncorrelated) {
  struct Other {
    const char* what;
    Stream stream;
    std::uint64_t particle, step;
    std::size_t component;
  };
  const Stream base{13, Purpose::brownian_increment};
  const std::vector<Other> others = {
      {"component", base, 0, 0, 1},
      {"the next pair's component", base, 0, 0, 2},
      {"the unpaired component", base, 0, 0, 4},
      {"particle", base, width, 0, 0},
      {"particle of the high word", base, UINT64_C(1) << 32, 0, 0},
      {"step", base, 0, 1, 0},
      {"step and component", base, 0, 1, 1},
      {"step of the high word", base, 0, UINT64_C(1) << 32, 0},
      {"purpose", {13, Purpose::coupled_increment}, 0, 0, 0},
      {"rung", {13, Purpose::brownian_increment, 1}, 0, 0, 0},
      {"seed", {14, Purpose::brownian_increment}, 0, 0, 0},
      {"seed of the high word", {13 + (UINT64_C(1) << 32), Purpose::brownian_increment}, 0, 0, 0},
  };
  const BlockArrays a(5), b(5);
  for (const auto& other : others) {
    Correlator correlator(GetParam()), itself(GetParam());
    for (std::uint64_t block = 0; block < 2000; ++block) {
      fill(base, block * width, 0, a);
      fill(other.stream, other.particle + block * width, other.step, b);
      for (std::size_t i = 0; i < width; ++i) {
        correlator.add(a[0][i], b[other.component][i]);
        itself.add(a[0][i], a[0][i]);
      }
    }
    expect_uncorrelated(correlator.z_scores(), other.what);
    EXPECT_GT(itself.z_scores().of_values, allowed);  // the check can fail
  }
}

// Lags at which particles share a block of random bits, a word of it, or a vector.
TEST_P(NoiseStatistics, OfNeighboursIsUncorrelated) {
  for (const std::size_t components : {1U, 2U, 3U})
    for (const std::size_t lag : {1U, 8U, 32U, 64U, 128U, 192U}) {
      const BlockArrays z(components);
      Correlator correlator(GetParam());
      for (std::uint64_t step = 0; step < 3000; ++step) {
        fill({15}, 0, step, z);
        for (std::size_t i = 0; i + lag < width; ++i)
          correlator.add(z[components - 1][i], z[components - 1][i + lag]);
      }
      expect_uncorrelated(correlator.z_scores(), std::to_string(lag) + " particles on");
    }
}

/// Which of `bins` equally likely (normal) or possible values (else) a number has.
std::size_t bin(NoiseKind kind, double z, std::size_t bins) {
  if (kind == NoiseKind::two_point) return z < 0 ? 0 : 1;
  if (kind == NoiseKind::three_point) return z < 0 ? 0 : z > 0 ? 2 : 1;
  return std::min(bins - 1, static_cast<std::size_t>(0.5 * std::erfc(-z / std::numbers::sqrt2) *
                                                     static_cast<double>(bins)));
}

std::vector<double> probabilities(NoiseKind kind) {
  if (kind == NoiseKind::two_point) return {0.5, 0.5};
  if (kind == NoiseKind::three_point) return {1.0 / 6, 2.0 / 3, 1.0 / 6};
  return std::vector<double>(16, 1.0 / 16);
}

/// Pearson's statistic as a standard normal number, by the cube root of Wilson and Hilferty (1931).
double chi_squared(const std::vector<double>& counts, const std::vector<double>& expected) {
  double sum = 0;
  for (std::size_t c = 0; c < counts.size(); ++c)
    sum += (counts[c] - expected[c]) * (counts[c] - expected[c]) / expected[c];
  const double k = static_cast<double>(counts.size() - 1), v = 2 / (9 * k);
  return (std::cbrt(sum / k) - (1 - v)) / std::sqrt(v);
}

// Pairs: of a particle at two steps, and of two particles at one. All cells of the table of pairs at once.
TEST_P(NoiseStatistics, HasTheFrequenciesOfItsLawOneByOneAndInPairs) {
  const auto kind = GetParam();
  const auto p = probabilities(kind);
  const std::size_t bins = p.size();
  std::vector<double> single(bins), in_time(bins * bins), in_space(bins * bins);
  const BlockArrays before(2), now(2);
  double n = 0;
  for (std::uint64_t block = 0; block < 16; ++block)
    for (std::uint64_t step = 0; step < 600; step += 2) {  // pairs that have no member in common
      fill({19}, block * width, step, before);
      fill({19}, block * width, step + 1, now);
      for (std::size_t i = 0; i < width; i += 2, ++n) {
        const auto here = bin(kind, now[1][i], bins);
        ++single[here];
        ++in_time[here * bins + bin(kind, before[1][i], bins)];
        ++in_space[here * bins + bin(kind, now[1][i + 1], bins)];
      }
    }
  std::vector<double> expected(bins), pairs(bins * bins), biased(bins);
  for (std::size_t a = 0; a < bins; ++a) {
    expected[a] = n * p[a];
    biased[a] = n * (p[a] + (a == 0 ? 0.01 : a == 1 ? -0.01 : 0));
    for (std::size_t b = 0; b < bins; ++b) pairs[a * bins + b] = n * p[a] * p[b];
  }
  EXPECT_LT(std::abs(chi_squared(single, expected)), allowed);
  EXPECT_LT(std::abs(chi_squared(in_time, pairs)), allowed);
  EXPECT_LT(std::abs(chi_squared(in_space, pairs)), allowed);
  EXPECT_GT(chi_squared(single, biased),
            allowed);  // one percent of probability in the wrong place is seen
}

INSTANTIATE_TEST_SUITE_P(Kinds, NoiseStatistics,
                         testing::ValuesIn(sde::noise_kinds().begin(), sde::noise_kinds().end()),
                         [](const auto& p) {
                           std::string name(sde::name(p.param));
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

}  // namespace
