// Which rung of random numbers (sde/noise/counter.hpp) belongs to whom: under one seed and purpose, numbers of one rung are
// independent of those of another. Ladders count up from a first rung, the others have one each.
//
//     0               an ensemble, the pilot pairs of a run, and the first rung of the ladders of fpk converge and fpk estimate
//     1, 2            the pairs that extrapolate the particles' means in the step (app/step_extrapolation.hpp)
//     first_strong    the ladder of the strong order, beside that of the weak one in the same study
//     first_learning_rate, first_chain_pilot
//                     the ladder of learning rates of fpk converge, and the chains that its figures are centred by
//     probes          pairs that find the first step of multilevel Monte Carlo, beside its levels
//     passages        first-passage times
//
// The values are part of what makes a run repeatable: never renumber.
#pragma once

#include <stdint.h>

namespace fpk::sde::rungs {

inline constexpr uint16_t pilot = 0;
inline constexpr uint16_t step_pairs = 1, step_pairs_halved = 2;
inline constexpr uint16_t first_strong = 1000;
inline constexpr uint16_t first_learning_rate = 2000, first_chain_pilot = 3000;
inline constexpr uint16_t probes = 65534;
inline constexpr uint16_t passages = 65535;

/// Greatest number of a rung that a coupled ensemble takes: passages draw for themselves.
inline constexpr uint16_t last = probes;

/// Those that are one user's alone.
inline constexpr uint16_t single[] = {pilot, step_pairs, step_pairs_halved, probes, passages};

}  // namespace fpk::sde::rungs
