#include "app/exit_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "model/faces.hpp"
#include "solvers/exits.hpp"
#include "verification/allowance.hpp"

namespace fpk::app {
namespace {

/// What each face has taken of a density, by its name.
std::map<std::string, double> absorbed_by_name(const DensityRoad& road) {
  std::map<std::string, double> absorbed;
  const auto generator = road.generator();
  const auto& exits = generator->rates().exits;
  for (std::size_t f = 0; f < exits.size(); ++f)
    absorbed[solvers::exit_name(road.part().grid(), exits[f])] = road.exits()->absorbed()[f];
  return absorbed;
}

/// A share of N particles beside a probability.
verification::MeanComparison comparison_of(double share, double N, double probability,
                                           const law::Estimate& beta) {
  const double q = std::clamp(probability, 0.0, 1.0);
  const double s = std::sqrt(std::max(q * (1 - q), share * (1 - share)) / N);
  return {share, s, probability, beta.value, beta.standard_error};
}

}  // namespace

void compare_exits(const io::Case& problem, const DensityRoad& density, const DensityRoad& coarse,
                   const ParticleRoad& particles, Findings& findings) {
  const auto faces = model::absorbing_faces(problem.domain);
  const auto N = static_cast<double>(problem.particles->count);
  const auto M = static_cast<double>((faces.size() + 1) * problem.times.size());
  const auto beta_step = particles.exit_allowances();
  const auto counts = particles.ensemble().absorbed_at_faces();
  const auto fine = absorbed_by_name(density), half = absorbed_by_name(coarse);
  double left = 0;
  law::Estimate beta_left;
  const auto add = [&](const std::string& what, double share, double probability, const law::Estimate& beta) {
    findings.exits.push_back(
        comparison_of(share, N, probability,
                      {beta.value + verification::grain(M, false_alarm_budget, 1, N), beta.standard_error}));
    findings.exits_of.push_back(fmt::format("{} at t = {:.4g}", what, density.time()));
  };
  for (std::size_t f = 0; f < faces.size(); ++f) {
    const auto name = model::name(problem.domain, faces[f]);
    const double share = static_cast<double>(counts[f]) / N, Q = fine.at(name);
    const law::Estimate beta{beta_step[f].value + std::abs(Q - half.at(name)), beta_step[f].standard_error};
    add("absorbed at " + name, share, Q, beta);
    left += share;
    beta_left.value += beta.value;
    beta_left.standard_error += beta.standard_error;  // the pairs of one face are those of another
  }
  add("survival", 1 - left, density.law().total_mass(), beta_left);
}

}  // namespace fpk::app
