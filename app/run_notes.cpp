#include "app/run_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "model/noise_convention.hpp"
#include "sde/scheme.hpp"
#include "solvers/entropy_balance.hpp"

namespace fpk::app {
namespace {

/// Schemes that do not explode where the drift grows faster than linearly.
constexpr std::array tame_schemes{"tamed-euler", "mala"};

/// An allowance beyond this share of the size of an observable, sqrt(E f^2), says little.
constexpr double wide_share = 0.5;

/// The least of a series, or 0 where rounding made it negative or it has no terms.
double least_beyond_rounding(const std::vector<double>& minimum) {
  const double least = minimum.empty() ? 0 : *std::min_element(minimum.begin(), minimum.end());
  return least < -negative_by_rounding ? least : 0;
}

}  // namespace

std::vector<std::string> notes_on_process(const model::Process& process) {
  std::vector<std::string> notes;
  if (process.given_in != nullptr)
    notes.push_back(fmt::format(
        "Drift and noise were given in the sense of {}. Both roads run the Ito equation that they "
        "were converted to; the equations show both.",
        process.given_in->title));
  if (const auto* potential = process.potential(); potential != nullptr && potential->may_jump())
    notes.emplace_back(
        "The potential compares or takes a sign. Where it jumps, the density feels the jump and the "
        "particles do not: their drift is the derivative beside it. A smooth step such as tanh(x/width) "
        "serves both.");
  return notes;
}

std::string note_on_negative_density(const io::DensityRecord& density,
                                     const solvers::GeneratorTraits& generator) {
  const double least = least_beyond_rounding(density.minimum);
  if (!(least < 0)) return {};
  std::string positive;
  for (const auto& p : solvers::propagators())
    if (p.positive && solvers::refusal(p, generator).empty())
      positive += (positive.empty() ? "" : " or ") + std::string(p.name);
  return fmt::format(
      "The density went down to {:.1e}: the propagator {} is not positive by construction. {}a smaller "
      "density.tolerance brings it nearer to zero.",
      least, density.propagator,
      positive.empty() ? "" : fmt::format("density.propagator = \"{}\" is; ", positive));
}

std::string note_on_explosions(const io::Case& problem, const io::ParticlesRecord& particles) {
  if (particles.exploded.empty() || particles.exploded.back() == 0) return {};
  std::string schemes;
  for (const char* name : tame_schemes)
    if (const auto* row = sde::find_scheme(name);
        row != nullptr && particles.scheme != name && row->refusal(problem.process).empty())
      schemes += fmt::format("particles.scheme = \"{}\", ", name);
  return fmt::format(
      "{} of {} particles exploded: their positions ceased to be finite. They are counted as lost, so every "
      "mean "
      "and histogram of the particles lacks them, and none of it is compared with the density. Try {}or a "
      "smaller "
      "particles.step than {}.",
      particles.exploded.back(), particles.count, schemes, particles.step);
}

std::string note_on_negative_extrapolation(const io::ExtrapolatedRecord& extrapolated) {
  const double least = least_beyond_rounding(extrapolated.minimum);
  if (!(least < 0)) return {};
  return fmt::format(
      "The extrapolated density goes below zero, down to {:.1e}: a difference of two densities is not "
      "positive by construction. The density itself is.",
      least);
}

std::string note_on_one_way_faces(const solvers::Generator& generator) {
  if (!solvers::has_one_way_faces(generator)) return {};
  return std::string(
             "Entropy production is infinite (null in result.json): through some faces of the grid mass "
             "moves one way only, ") +
         (generator.is_limited() ? "for drift that no noise along it carries back, and noise too narrow for "
                                   "the cells, are in limited "
                                   "fluxes (docs/tensor-noise.md)."
                                 : "for there the drift outweighs the noise so far that its flux is upwind.");
}

std::string note_on_wide_allowance(const io::Case& problem, const Findings& findings) {
  if (!problem.particles) return {};
  double widest = wide_share, allowed = 0, of_size = 0;
  std::string where;
  for (std::size_t k = 0; k < findings.means.size(); ++k) {
    const auto& m = findings.means[k];
    if (!(m.bias_allowance > widest * m.size)) continue;
    widest = m.bias_allowance / m.size, allowed = m.bias_allowance, of_size = m.size;
    where = findings.means_of[k];
  }
  if (where.empty()) return {};
  return fmt::format(
      "The comparison of {} allows a bias of {:.3g}, of the step and the cells, and the observable itself is "
      "of size {:.3g}: "
      "there the agreement says little. A smaller particles.step than {} or more cells narrow it.",
      where, allowed, of_size, problem.particles->step);
}

}  // namespace fpk::app
