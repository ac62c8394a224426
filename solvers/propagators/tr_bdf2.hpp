// TR-BDF2: the trapezoidal rule to t + gamma h, then the second backward difference to t + h; L-stable, second order.
//
//     gamma = 2 - sqrt 2,  d = gamma / 2,  w = sqrt 2 / 4
//     y2 = y + h d (k1 + k2)
//     y3 = y + h (w k1 + w k2 + d k3)
//     error: h ((1 - 4w)/3 k1 + k2/3 - 2d/3 k3), smoothed by (I - h d A)^{-1}
//
// (Bank, Coughran, Fichtner, Grosse, Rose, Smith 1985; Hosea, Shampine 1996, eqs. 6-9)
#pragma once

#include "solvers/propagator.hpp"
#include "solvers/propagators/butcher_table.hpp"

namespace fpk::solvers {

const ButcherTable& tr_bdf2();
std::unique_ptr<Propagator> make_tr_bdf2(const PropagatorTask& task);

}  // namespace fpk::solvers
