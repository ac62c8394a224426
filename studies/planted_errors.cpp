#include "studies/planted_errors.hpp"

#include <algorithm>
#include <stdexcept>

namespace fpk::studies {
namespace {

using formula::Formula;

void drift_factor(double e, model::Process& process, io::ParticleSettings&) {
  for (auto& b : process.drift) b = Formula(1 + e) * b;
}

void noise_factor(double e, model::Process& process, io::ParticleSettings&) {
  for (auto& row : process.noise)
    for (auto& sigma : row) sigma = Formula(1 + e) * sigma;
}

void off_diagonal_sign(double, model::Process& process, io::ParticleSettings&) {
  process.noise.at(1).at(0) = -process.noise.at(1).at(0);
}

void stratonovich_read_as_ito(double, model::Process& process, io::ParticleSettings&) {
  process.drift = process.drift_as_given;  // the noise-induced drift forgotten
}

void step_ten_times(double, model::Process&, io::ParticleSettings& settings) { settings.step *= 10; }

}  // namespace

const std::vector<PlantedError>& planted_errors() {
  static const std::vector<PlantedError> table{
      {"drift-factor", "The drift is too strong by a factor 1 + e.", true, drift_factor},
      {"noise-factor", "The noise is too strong by a factor 1 + e.", true, noise_factor},
      {"off-diagonal-sign", "One entry of sigma off the diagonal has the wrong sign.", false,
       off_diagonal_sign},
      {"stratonovich-read-as-ito", "Noise meant in Stratonovich's sense is run in Ito's.", false,
       stratonovich_read_as_ito},
      {"step-ten-times", "The step is ten times that of the case.", false, step_ten_times},
  };
  return table;
}

const PlantedError& planted_error(const std::string& name) {
  const auto& table = planted_errors();
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& p) { return p.name == name; });
  if (found == table.end()) throw std::out_of_range("no planted error is named " + name);
  return *found;
}

Planted plant(const PlantedError& error, double e, const io::Case& problem) {
  Planted planted{problem, problem.process};
  error.plant(e, planted.process, *planted.problem.particles);
  planted.process.reversible.reset();
  planted.process.rotating.reset();
  planted.process.annealed.reset();
  planted.process.stationary.reset();
  return planted;
}

}  // namespace fpk::studies
