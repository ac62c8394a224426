// Laws that the tests of verification share.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "law/grid.hpp"

namespace fpk::verification::testing {

/// A small counter-based generator (SplitMix64's mixing), so that a test's numbers are fixed by its seed.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  /// Uniform in [0, 1).
  double uniform() {
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1p-53;
  }
  /// Standard normal (Box, Muller 1958).
  double normal() {
    const double r = std::sqrt(-2 * std::log(1 - uniform()));
    return r * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  std::uint64_t state_;
};

inline law::GridPart line(std::vector<double> edges) {
  return law::GridPart(law::Grid({law::Axis("x", std::move(edges))}));
}
inline law::GridPart line(double lower, double upper, std::size_t cells) {
  return law::GridPart(law::Grid({law::Axis("x", lower, upper, cells)}));
}

/// Mass of N(mean, sd^2) in [a, b], with relative accuracy in both tails.
inline double gaussian_mass(double mean, double sd, double a, double b) {
  const double s = 1 / (sd * std::numbers::sqrt2), u = (a - mean) * s, v = (b - mean) * s;
  return u > 0 ? 0.5 * (std::erfc(u) - std::erfc(v)) : 0.5 * (std::erfc(-v) - std::erfc(-u));
}

/// Exact cell masses of independent Gaussian variables.
inline std::vector<double> gaussian(const law::GridPart& part, const law::Point& mean, const law::Point& sd) {
  std::vector<double> masses(part.size(), 1.0);
  for (std::size_t c = 0; c < masses.size(); ++c) {
    const auto i = part.index(c);
    for (std::size_t a = 0; a < part.grid().dimension(); ++a) {
      const auto& axis = part.grid().axis(a);
      masses[c] *= gaussian_mass(mean[a], sd[a], axis.edge(i[a]), axis.edge(i[a] + 1));
    }
  }
  return masses;
}

/// A rough law of mass one; `zeros` of its cells, on average, are empty.
inline std::vector<double> rough_law(std::size_t cells, Random& random, double zeros = 0) {
  std::vector<double> masses(cells);
  double mass = 0;
  for (double& m : masses) {
    m = random.uniform() < zeros ? 0 : std::exp(2 * random.normal());
    mass += m;
  }
  for (double& m : masses) m /= mass;
  return masses;
}

}  // namespace fpk::verification::testing
