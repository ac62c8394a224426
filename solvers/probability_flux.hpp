// The probability flux of a density: J_k = b_k p - sum_j d_j (a_kj p), at the cells.
//
//           o       What jumps by the offset e carries its mass e_k h_k along axis k. A face between c and c + e gives half
//          /        of that to the cell at either end:
//     c---/---o         J_k = sum over faces at c of (net jumps a time) e_k h_k / (2 |c|)         h: widths, |c|: volume
//        /
//       o
#pragma once

#include <span>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

/// J at the centre of each own cell, component k of cell c at [3 c + k], as the generator moves mass
/// [1 / (length^(d-1) time)]. Collective.
std::vector<double> probability_flux(const Generator& generator, std::span<const double> masses);

}  // namespace fpk::solvers
