// The fields that a run writes for ParaView.
#pragma once

#include <optional>
#include <vector>

#include "app/comparison.hpp"
#include "io/vtk_writer.hpp"
#include "model/process.hpp"
#include "solvers/generator.hpp"

namespace fpk::app {

/// density, extrapolated_density, stationary_density, particle_density, potential, drift, probability_flux: those there are.
/// Densities are cell averages; potential and drift are point values at the centres, at time t. Collective.
std::vector<io::CellField> vtk_fields(const model::Process& process, const law::GridPart& part,
                                      const LawsAtOnce& laws, const solvers::Generator* generator, double t);

}  // namespace fpk::app
