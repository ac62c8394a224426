#include "solvers/entropy_balance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "solvers/each_face.hpp"

namespace fpk::solvers {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double negligible = 1e-14;  ///< a flow, over all that moves in the same time

/// ln of masses with their halo; -infinity of none, or of less.
Field logarithms(const Generator& generator, std::span<const double> masses) {
  Field logs = generator.field();
  std::transform(masses.begin(), masses.end(), logs.data(),
                 [](double m) { return m > 0 ? std::log(m) : -infinity; });
  logs.exchange();
  return logs;
}

Field with_halo(const Generator& generator, std::span<const double> masses) {
  Field field = generator.field();
  std::copy(masses.begin(), masses.end(), field.data());
  field.exchange();
  return field;
}

/// What leaves all cells per time.
double turnover(const Generator& generator, std::span<const double> masses) {
  std::vector<double> terms(generator.outflow());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] *= std::max(masses[c], 0.0);
  return law::total(generator.part(), terms);
}

double entropy(const law::GridPart& part, std::span<const double> masses) {
  std::vector<double> terms(masses.size());
  for (std::size_t c = 0; c < terms.size(); ++c)
    terms[c] = masses[c] > 0 ? -masses[c] * std::log(masses[c] / part.volume(c)) : 0;
  return law::total(part, terms);
}

}  // namespace

EntropyBalance entropy_balance(const Generator& generator, std::span<const double> masses,
                               std::span<const double> stationary) {
  const Field m = with_halo(generator, masses), log_m = logarithms(generator, masses);
  const bool has_law = !stationary.empty();
  const Field log_pi = has_law ? logarithms(generator, stationary) : Field();
  const double least = negligible * turnover(generator, masses);
  double production = 0, dissipation = 0, housekeeping = 0;
  for_each_face(generator, [&](std::ptrdiff_t i, std::ptrdiff_t j, double forward, double backward) {
    const double there = forward * m.data()[i], back = backward * m.data()[j];
    if (!(there > 0 && back > 0)) {
      if (std::max(std::abs(there), std::abs(back)) > least) production = dissipation = infinity;
      return;
    }
    const double J = there - back, mass_ratio = log_m.data()[i] - log_m.data()[j];
    const double rate_ratio = std::log(forward / backward);
    production += J * (rate_ratio + mass_ratio);
    if (!has_law) return;
    const double law_ratio = log_pi.data()[i] - log_pi.data()[j];
    if (!std::isfinite(law_ratio)) return;  // no stationary mass on one side: nothing flows there for long
    dissipation += J * (mass_ratio - law_ratio);
    housekeeping += J * (rate_ratio + law_ratio);
  });
  const auto& processes = generator.part().processes();
  EntropyBalance balance{entropy(generator.part(), masses), processes.sum(production), {}, {}};
  if (has_law) {
    balance.dissipation = processes.sum(dissipation);
    balance.housekeeping = processes.sum(housekeeping);
  }
  return balance;
}

bool has_one_way_faces(const Generator& generator) {
  bool found = false;
  for_each_face(generator, [&](std::ptrdiff_t, std::ptrdiff_t, double forward, double backward) {
    found = found || forward == 0 || backward == 0;
  });
  return generator.part().processes().max(found ? 1.0 : 0.0) > 0;
}

}  // namespace fpk::solvers
