#include "law/central_moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "law/sample_mean.hpp"

namespace fpk::law {
namespace {

/// From a mean, the squares about it and, in a second pass, the higher powers. `value(begin, n, to)` gives the values.
template <class Value>
CentralMoments two_passes(const Sample& sample, const Value& value) {
  const auto first =
      sample_means(sample, 1, [&](std::size_t begin, std::size_t n, std::span<double* const> to) {
        value(begin, n, to[0]);
      }).front();
  const auto powers =
      sample_means(sample, 2, [&](std::size_t begin, std::size_t n, std::span<double* const> to) {
        value(begin, n, to[0]);
        for (std::size_t i = 0; i < n; ++i) {
          const double v = to[0][i] - first.value;
          to[0][i] = v * v * v;
          to[1][i] = v * v * v * v;
        }
      });
  const auto count = static_cast<double>(sample.count());
  const double se = first.standard_error;
  return {count, first.value, se * se * count * std::max(1.0, count - 1), powers[0].value * count,
          powers[1].value * count};
}

}  // namespace

CentralMoments& CentralMoments::operator+=(const CentralMoments& b) {
  if (b.count == 0) return *this;
  if (count == 0) return *this = b;
  const double na = count, nb = b.count, n = na + nb, delta = b.mean - mean, d2 = delta * delta;
  s4 += b.s4 + d2 * d2 * na * nb * (na * na - na * nb + nb * nb) / (n * n * n) +
        6 * d2 * (na * na * b.s2 + nb * nb * s2) / (n * n) + 4 * delta * (na * b.s3 - nb * s3) / n;
  s3 += b.s3 + d2 * delta * na * nb * (na - nb) / (n * n) + 3 * delta * (na * b.s2 - nb * s2) / n;
  s2 += b.s2 + d2 * na * nb / n;
  mean += delta * nb / n;
  count = n;
  return *this;
}

double CentralMoments::standard_error() const { return count > 0 ? std::sqrt(variance() / count) : 0; }

double CentralMoments::relative_error_of_variance() const {
  if (!std::isfinite(kurtosis())) return std::numeric_limits<double>::infinity();
  return count > 0 ? std::sqrt(std::max(0.0, kurtosis() - 1) / count) : 0;
}

CentralMoments central_moments(const Sample& sample, const Observable& observable) {
  const formula::Program program = compile({observable}, sample.variables());
  return two_passes(sample, [&](std::size_t begin, std::size_t n, double* to) {
    evaluate_alive(program, sample, begin, n, std::span<double* const>(&to, 1));
  });
}

CentralMoments paired_moments(const Sample& a, double wa, const Sample& b, double wb,
                              const Observable& observable) {
  if (a.variables() != b.variables() || a.count() != b.count() ||
      a.processes().size() != b.processes().size())
    throw std::invalid_argument("two samples of different variables, count or processes have no pairs");
  const formula::Program program = compile({observable}, a.variables());
  return two_passes(a, [&](std::size_t begin, std::size_t n, double* to) {
    std::vector<double> of_b(n);
    double* other = of_b.data();
    evaluate_alive(program, a, begin, n, std::span<double* const>(&to, 1));
    evaluate_alive(program, b, begin, n, std::span<double* const>(&other, 1));
    for (std::size_t i = 0; i < n; ++i) to[i] = wa * to[i] + wb * of_b[i];
  });
}

}  // namespace fpk::law
