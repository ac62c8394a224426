// Explicit Runge-Kutta 5(4) of Dormand and Prince (1980) with error control, by Boost.Odeint: a second way,
// independent of the others, and one that takes time-dependent coefficients. Its step is bound by stability,
// about 3.3 / |lambda_max|.
#pragma once

#include "solvers/propagator.hpp"

namespace fpk::solvers {

std::unique_ptr<Propagator> make_dormand_prince(const PropagatorTask& task);

}  // namespace fpk::solvers
