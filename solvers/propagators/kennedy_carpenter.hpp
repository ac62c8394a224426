// ESDIRK5(4)7L[2]SA2 of Kennedy and Carpenter: fifth order in six solves, L-stable, stiffly accurate, stage order two,
// with an embedded scheme of fourth order whose stability function stays bounded.
//
//     Kennedy, Carpenter 2019, Appl. Numer. Math. 146, 221-244, table 8: coefficients as fractions that meet the order
//     conditions to 25 digits; the second column of each row repeats the first, and g = 23/125.
//
// The tests hold the coefficients against all seventeen order conditions up to order five, and R(infinity) = 0.
#pragma once

#include "solvers/propagator.hpp"
#include "solvers/propagators/butcher_table.hpp"

namespace fpk::solvers {

const ButcherTable& kennedy_carpenter();
std::unique_ptr<Propagator> make_kennedy_carpenter(const PropagatorTask& task);

}  // namespace fpk::solvers
