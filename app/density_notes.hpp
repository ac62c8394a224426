// What a reader of a density must know beside its numbers.
#pragma once

#include <string>

#include "io/record.hpp"
#include "solvers/propagator.hpp"

namespace fpk::app {

/// Densities above this are rounding: the claim that the density is nowhere negative allows as much.
inline constexpr double negative_by_rounding = 1e-14;

/// Where the density went below zero by more than rounding: which propagator did, how far, and what to choose instead.
/// Empty where it did not.
std::string note_on_negative_density(const io::DensityRecord& density,
                                     const solvers::GeneratorTraits& generator);

}  // namespace fpk::app
