// Mistakes of stated size that a program of particles may make, and that the verdict ought to see.
#pragma once

#include <string>
#include <vector>

#include "io/case_file.hpp"

namespace fpk::studies {

struct PlantedError {
  std::string name;      ///< kebab-case: "drift-factor"
  std::string sentence;  ///< "The drift is too strong by a factor 1 + e."
  bool sized = true;     ///< has a size e; else it is there or not
  /// Changes the process that moves the particles (the density keeps the case's), or the settings of the particles.
  void (*plant)(double e, model::Process& process, io::ParticleSettings& settings);
};

const std::vector<PlantedError>& planted_errors();

/// Throws std::out_of_range for a name that the table does not have.
const PlantedError& planted_error(const std::string& name);

/// A process with the error planted, and without what was known of the sound one: nothing is derived from a potential.
struct Planted {
  io::Case problem;        ///< as given, but for the settings of the particles
  model::Process process;  ///< moves the particles
};
Planted plant(const PlantedError& error, double e, const io::Case& problem);

}  // namespace fpk::studies
