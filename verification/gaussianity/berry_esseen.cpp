#include "verification/gaussianity/berry_esseen.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace fpk::verification {
namespace {

constexpr double shevtsova = 0.4748;
constexpr double flat_skewness = 1e-6;
constexpr std::size_t settled_without_first = 16;
constexpr double rounding_of_mean = 1e-14;  ///< of the largest number: numbers that are all the same
constexpr double finest_span =
    1e-4;  ///< of the range: below it a lattice is none for any batch that is looked at
constexpr double rounding = 1e-9;  ///< of the range, within which two numbers are the same

/// The greatest h that all gaps between sorted numbers are multiples of, by Euclid's method; 0 where that goes below finest_span.
double lattice_span(std::vector<double> numbers) {
  std::ranges::sort(numbers);
  const double range = numbers.back() - numbers.front();
  double span = 0;
  for (std::size_t i = 1; i < numbers.size(); ++i) {
    double a = numbers[i] - numbers[i - 1], b = span;
    if (a <= rounding * range) continue;
    while (b > rounding * range * 10) {
      const double rest = std::abs(std::remainder(a, b));
      a = b;
      b = rest;
    }
    span = a;
    if (span < finest_span * range) return 0;
  }
  return span;
}

}  // namespace

PopulationShape population_shape(std::span<const double> numbers) {
  PopulationShape s;
  s.size = numbers.size();
  const auto N = static_cast<double>(numbers.size());
  double largest = 0;
  for (const double x : numbers) {
    s.mean += x / N;
    largest = std::max(largest, std::abs(x));
  }
  double second = 0, third = 0, fourth = 0, absolute = 0;
  for (const double x : numbers) {
    const double y = x - s.mean;
    second += y * y / N, third += y * y * y / N, fourth += y * y * y * y / N,
        absolute += std::abs(y * y * y) / N;
  }
  s.deviation = std::sqrt(second);
  if (!(s.deviation > rounding_of_mean * largest)) {
    s.deviation = 0;
    return s;
  }
  const double cube = second * s.deviation;
  s.skewness = third / cube;
  s.excess_kurtosis = fourth / (second * second) - 3;
  s.third_absolute = absolute / cube;
  s.span = lattice_span({numbers.begin(), numbers.end()}) / s.deviation;
  return s;
}

double skewness_of_mean(const PopulationShape& s, std::size_t b, bool with_replacement) {
  const auto n = static_cast<double>(b), N = static_cast<double>(s.size);
  if (with_replacement) return s.skewness / std::sqrt(n);
  if (s.size <= 2 || b >= s.size) return 0;
  return s.skewness * (N - 2 * n) / (N - 2) * std::sqrt((N - 1) / (n * (N - n)));
}

double edgeworth_distance(const PopulationShape& s, std::size_t b, bool with_replacement) {
  const double lattice = with_replacement ? s.span / (2 * std::sqrt(static_cast<double>(b))) : 0;
  return (std::abs(skewness_of_mean(s, b, with_replacement)) / 6 + lattice) / std::sqrt(2 * std::numbers::pi);
}

double next_edgeworth_term(const PopulationShape& s, std::size_t b) {
  double smooth = 0, steps = 0;
  for (int k = 0; k < 600; ++k) {
    const double z = 0.01 * k;
    const double H3 = z * z * z - 3 * z, H5 = z * (z * z * z * z - 10 * z * z + 15),
                 bell = std::exp(-z * z / 2);
    smooth =
        std::max(smooth, bell * std::abs(s.excess_kurtosis / 24 * H3 + s.skewness * s.skewness / 72 * H5));
    steps = std::max(steps, bell * (s.span / 2 * std::abs(s.skewness / 6 * H3) + s.span * s.span / 24 * z));
  }
  const double off_centre = 0.375 * s.span * s.span * edgeworth_distance(s, b, true);
  return ((smooth + steps) / std::sqrt(2 * std::numbers::pi) + off_centre) / static_cast<double>(b);
}

double rate_of_distance(const PopulationShape& s) {
  return std::abs(s.skewness) < flat_skewness && s.span == 0 ? 1 : 0.5;
}

bool is_settled(const PopulationShape& s, std::size_t b) {
  if (rate_of_distance(s) == 1) return b >= settled_without_first;
  return next_edgeworth_term(s, b) < settled_ratio * edgeworth_distance(s, b, true);
}

double berry_esseen_bound(const PopulationShape& s, std::size_t b) {
  return shevtsova * s.third_absolute / std::sqrt(static_cast<double>(b));
}

}  // namespace fpk::verification
