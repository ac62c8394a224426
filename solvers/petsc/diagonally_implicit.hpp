// Any diagonally implicit Runge-Kutta scheme on dm/dt = A(t) m, with error control, on PETSc's linear solvers.
//
//     (I - h g A(t + c_i h)) y_i = y + h sum_{j<i} a_ij k_j,      k_i = (y_i - right-hand side) / (h g)
//
// A step reaches the next observation by equal steps, so that runs between equally spaced observations keep one matrix,
// and with it one factorisation, while the error control asks for nothing else.
#pragma once

#include "solvers/propagator.hpp"
#include "solvers/propagators/butcher_table.hpp"

namespace fpk::solvers {

/// `scheme` must outlive the propagator.
std::unique_ptr<Propagator> make_diagonally_implicit(const ButcherTable& scheme, const PropagatorTask& task);

}  // namespace fpk::solvers
