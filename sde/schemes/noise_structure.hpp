// What the noise of a process looks like, as far as schemes care.
//
//     additive       sigma does not depend on x
//     constant       nor on t
//     diagonal       every source drives one variable, every variable has one source at most, and sigma_ii depends on x_i alone
//     commutative    L^j sigma_k = L^k sigma_j for all pairs of sources, L^j = sum_l sigma_lj d_l
//
// (Kloeden, Platen 1992, eq. 10.3.13). Diagonal noise is commutative, and so is noise of one source, and additive noise.
#pragma once

#include <string>

#include "model/process.hpp"

namespace fpk::sde {

bool has_additive_noise(const model::Process& process);
bool has_constant_noise(const model::Process& process);

/// Why the noise is not commutative, naming a pair of sources; empty where it is. Both sides are compared as formulas, and
/// where their texts differ, at points.
std::string non_commuting_sources(const model::Process& process);

/// Whether two functions of the variables and t agree: as formulas, or at a few hundred points on scales from 1/10 to 1000,
/// to round-off. False where they have no value at any of them.
bool agree(const formula::Formula& f, const formula::Formula& g, const model::Process& process);

}  // namespace fpk::sde
