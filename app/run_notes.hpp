// What a reader of a run must know beside its numbers.
#pragma once

#include <string>
#include <vector>

#include "app/run_claims.hpp"
#include "io/case_file.hpp"
#include "io/record.hpp"
#include "solvers/generator.hpp"
#include "solvers/propagator.hpp"

namespace fpk::app {

/// Densities above this are rounding: the claim that the density is nowhere negative allows as much.
inline constexpr double negative_by_rounding = 1e-14;

/// How the process is read, where that is not obvious: Stratonovich's sense, a potential that may jump.
std::vector<std::string> notes_on_process(const model::Process& process);

/// Where the density went below zero by more than rounding: which propagator did, how far, and what to choose instead.
/// Empty where it did not.
std::string note_on_negative_density(const io::DensityRecord& density,
                                     const solvers::GeneratorTraits& generator);

/// The same of the extrapolated density.
std::string note_on_negative_extrapolation(const io::ExtrapolatedRecord& extrapolated);

/// Where entropy production is infinite: why. Empty where mass that goes one way may come back. Collective.
std::string note_on_one_way_faces(const solvers::Generator& generator);
/// Where particles exploded: how many, and which scheme or step to try. Empty where none did.
std::string note_on_explosions(const io::Case& problem, const io::ParticlesRecord& particles);

/// Where what step and cells are allowed in a mean is beyond half the size of the observable, sqrt(E f^2), so that the comparison
/// says little; empty where it is nowhere.
std::string note_on_wide_allowance(const io::Case& problem, const Findings& findings);

}  // namespace fpk::app
