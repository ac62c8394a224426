// The particle road of `fpk passage`: first-passage times of an ensemble, beside those of the density.
#pragma once

#include <optional>
#include <vector>

#include "io/case_file.hpp"
#include "io/record.hpp"
#include "verification/claim.hpp"

namespace fpk::app {

/// What the density road says of the same times, on the case's grid and on one of half as many cells an axis.
struct PassageReference {
  std::vector<double> survival, coarse_survival;                  ///< at the times; the second may be empty
  std::optional<double> restricted_mean, coarse_restricted_mean;  ///< E min(tau, H), H the last of the times
  std::optional<double> probability;  ///< of ending in the target, where faces absorb, too
};

/// The times at which the particles' survival is compared: those of the density before the horizon, and the horizon. Notes a
/// horizon that is cut short because nobody has asked for the work.
std::vector<double> particle_times(const io::Case& problem, const io::PassageSettings& settings,
                                   const std::vector<double>& times, std::vector<std::string>& notes);

/// Why the particle road cannot take the passage, a sentence; empty where it can.
std::string no_particle_passage(const io::Case& problem, const io::PassageSettings& settings);

/// Runs the ensemble up to the last of `times`, fills record.passage->particles, and adds its claims and notes. Collective.
void particle_passage(const io::Case& problem, const io::PassageSettings& settings,
                      const std::vector<double>& times, const PassageReference& reference,
                      const parallel::Communicator& processes, io::Record& record);

}  // namespace fpk::app
