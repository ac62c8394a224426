#include "sde/schemes/noise_structure.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "formula/program.hpp"
#include "sde/schemes/step_formulas.hpp"

namespace fpk::sde {
namespace {

bool noise_depends_on(const model::Process& process, const std::string& name) {
  for (const auto& row : process.noise)
    for (const auto& sigma : row)
      if (sigma.depends_on(name)) return true;
  return false;
}

constexpr std::array scales{0.1, 1.0, 10.0, 100.0, 1000.0};
constexpr std::size_t points_a_scale = 64;

/// Coordinate i of point n in (-1, 1): multiples of sqrt(prime), whose fractions fill the cube evenly (Richtmyer 1951).
double coordinate(std::size_t n, std::size_t i) {
  constexpr std::array primes{2.0, 3.0, 5.0, 7.0, 11.0, 13.0, 17.0, 19.0};
  const double multiple =
      static_cast<double>(n + 1) *
      std::sqrt(primes[i % primes.size()] + 23.0 * static_cast<double>(i / primes.size()));
  return 2 * (multiple - std::floor(multiple)) - 1;
}

struct Comparison {
  bool differ = false;
  std::size_t compared = 0;
};

/// At the points of one scale. A difference counts from 1e-9 of the two values on, and from 1e-12 of the largest on this scale:
/// far above round-off, far below anything a formula would mean.
Comparison compare(const formula::Program& both, std::size_t inputs, double scale) {
  std::vector<std::vector<double>> points(inputs, std::vector<double>(points_a_scale)),
      values(2, std::vector<double>(points_a_scale));
  std::vector<const double*> in;
  for (std::size_t i = 0; i < inputs; ++i) {
    for (std::size_t n = 0; n < points_a_scale; ++n) points[i][n] = scale * coordinate(n, i);
    in.push_back(points[i].data());
  }
  both.evaluate(in, points_a_scale, std::vector<double*>{values[0].data(), values[1].data()});
  const auto finite = [&](std::size_t n) {
    return std::isfinite(values[0][n]) && std::isfinite(values[1][n]);
  };
  double largest = 0;
  for (std::size_t n = 0; n < points_a_scale; ++n)
    if (finite(n)) largest = std::max({largest, std::abs(values[0][n]), std::abs(values[1][n])});
  Comparison found;
  for (std::size_t n = 0; n < points_a_scale; ++n) {
    if (!finite(n)) continue;
    const double f = values[0][n], g = values[1][n];
    found.differ = found.differ || std::abs(f - g) > 1e-9 * (std::abs(f) + std::abs(g)) + 1e-12 * largest;
    ++found.compared;
  }
  return found;
}

}  // namespace

bool has_additive_noise(const model::Process& process) {
  return std::none_of(process.variables.begin(), process.variables.end(),
                      [&](const auto& name) { return noise_depends_on(process, name); });
}

bool has_constant_noise(const model::Process& process) {
  return has_additive_noise(process) && !noise_depends_on(process, model::time_name);
}

bool agree(const formula::Formula& f, const formula::Formula& g, const model::Process& process) {
  if ((f - g).constant() == 0.0 || f.text() == g.text()) return true;
  const std::vector<formula::Formula> both{f, g};
  const formula::Program program(both, process.inputs());
  std::size_t compared = 0;
  for (const double scale : scales) {
    const auto [differ, count] = compare(program, process.inputs().size(), scale);
    if (differ) return false;
    compared += count;
  }
  return compared > 0;
}

std::string non_commuting_sources(const model::Process& process) {
  const Letters s(process);
  for (std::size_t j = 0; j < s.m; ++j)
    for (std::size_t k = 0; k < j; ++k) {
      const Vector jk = along_noise(s, j, s.sigma[k]), kj = along_noise(s, k, s.sigma[j]);
      for (std::size_t i = 0; i < s.d; ++i)
        if (!agree(jk[i], kj[i], process))
          return "sources " + std::to_string(k + 1) + " and " + std::to_string(j + 1) +
                 " of its noise do not commute: in " + process.variables[i] + ", (" + kj[i].text() +
                 ") is not (" + jk[i].text() + ")";
    }
  return {};
}

}  // namespace fpk::sde
