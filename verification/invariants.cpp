#include "verification/invariants.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "verification/distance/functions.hpp"

namespace fpk::verification {
namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

Claim exact_claim(std::string name, std::string sentence, double measured, const Allowance& allowance) {
  return {std::move(name), std::move(sentence), Evidence::exact, measured, allowance.value, allowance.reason};
}

/// The larger of the two, and NaN where either is: a claim must not pass over one.
double larger(double a, double b) { return std::isnan(a) || a > b ? a : b; }

/// Largest growth from one number to the next.
double growth(const std::vector<double>& values) {
  double worst = values.size() < 2 ? nothing : 0;
  for (std::size_t k = 1; k < values.size(); ++k) worst = larger(worst, values[k] - values[k - 1]);
  return worst;
}

/// Of p and q, a mass below 0 by rounding counting as 0; above 0 where p is: half of the least number there is would round to 0.
std::vector<double> mean_of(Masses p, Masses q) {
  std::vector<double> mean(p.size());
  for (std::size_t c = 0; c < p.size(); ++c) {
    const double a = std::max(p[c], 0.0), b = std::max(q[c], 0.0);
    mean[c] = a + (b - a) / 2;
  }
  return mean;
}

}  // namespace

Allowance round_off(double scale, double operations) {
  const double unit = 0.5 * std::numeric_limits<double>::epsilon();
  return {scale * unit * operations,
          fmt::format("round-off: {:.3g} roundings of numbers of size {:.3g}, at most {:.2g} of it each",
                      operations, scale, unit)};
}

Invariants invariants(const law::GridPart& part, double time, Masses masses, Masses stationary) {
  if (masses.size() != part.size())
    throw std::invalid_argument("invariants need one mass for each cell of the part");
  Invariants now;
  now.time = time;
  now.total_mass = law::total(part, masses);
  double smallest_mass = infinity, smallest_density = infinity;
  for (std::size_t c = 0; c < masses.size(); ++c) {
    smallest_mass = -larger(-smallest_mass, -masses[c]);
    smallest_density = -larger(-smallest_density, -masses[c] / part.volume(c));
  }
  now.smallest_mass = part.processes().min(smallest_mass);
  now.smallest_density = part.processes().min(smallest_density);
  if (stationary.empty()) return now;
  now.relative_entropy = relative_entropy(part, masses, stationary);
  now.entropy_to_mean = relative_entropy(part, masses, mean_of(masses, stationary));
  return now;
}

Claim mass_is_conserved(std::span<const Invariants> history, const Allowance& allowance) {
  double drift = history.size() < 2 ? nothing : 0;
  for (const auto& now : history)
    drift = larger(drift, std::abs(now.total_mass - history.front().total_mass));
  return exact_claim("mass-conserved", "Mass is conserved to round-off.", drift, allowance);
}

Claim mass_never_grows(std::span<const Invariants> history, const Allowance& allowance) {
  std::vector<double> masses;
  for (const auto& now : history) masses.push_back(now.total_mass);
  return exact_claim("mass-non-increasing", "Mass never grows.", growth(masses), allowance);
}

Claim masses_are_non_negative(std::span<const Invariants> history, const Allowance& allowance) {
  double worst = history.empty() ? nothing : 0;
  for (const auto& now : history) worst = larger(worst, 0 - now.smallest_mass);
  return exact_claim("density-non-negative", "The density is nowhere negative.", worst, allowance);
}

Claim relative_entropy_never_grows(std::span<const Invariants> history, const Allowance& allowance) {
  std::vector<double> entropies, to_mean;
  for (const auto& now : history) {
    if (now.relative_entropy) entropies.push_back(*now.relative_entropy);
    if (now.entropy_to_mean) to_mean.push_back(*now.entropy_to_mean);
  }
  const bool underflows = std::ranges::count(entropies, infinity) > 0;
  auto claim =
      exact_claim("relative-entropy-non-increasing", "Entropy relative to the stationary law never grows.",
                  growth(underflows ? to_mean : entropies), allowance);
  if (underflows)
    claim.reason += "; relative to the mean of both laws, since the stationary one underflows in some cells";
  return claim;
}

Claim stationary_law_is_gibbs(const law::GridPart& part, Masses stationary, Masses gibbs,
                              const Allowance& allowance) {
  return exact_claim("stationary-law-is-gibbs", "The discrete stationary law is the cell-averaged Gibbs law.",
                     2 * total_variation(part, stationary, gibbs), allowance);
}

}  // namespace fpk::verification
