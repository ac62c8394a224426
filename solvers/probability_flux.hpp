// The probability flux of a density: J_k = b_k p - sum_j d_j (a_kj p), at the cells.
#pragma once

#include <span>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

/// J at the centre of each own cell, component k of cell c at [3 c + k]: the mean of the fluxes through the
/// two faces across axis k, as the generator moves mass [1 / (length^(d-1) time)]. Families are those of the
/// axes. Collective.
std::vector<double> probability_flux(const Generator& generator, std::span<const double> masses);

}  // namespace fpk::solvers
