// Richardson's extrapolation in the cell size: two answers of second order make one of fourth.
//
//     m_h = m + C h^2 + O(h^4)      (4 m_{h/2} - m_h) / 3 = m + O(h^4)
//
// For cell masses m_{h/2} is first restricted to the cells of m_h. Only even powers of h appear where the law is smooth
// and the faces reflect or close a ring; a wall that absorbs adds h^3, and a jump of an observable inside a cell spoils
// all of it, which the estimate of the error shows: of three answers, at 2h, h and h/2, two extrapolations can be made,
// e_h and e_{h/2}. In the limit their difference is 15 times the error of the better one; where the three do not yet
// close in on each other four times at each halving, only the difference itself is claimed.
// (Richardson 1911; Marchuk, Shaidurov 1983; Roache 1994 for the estimate. The result is not positive by construction.)
//
//     auto fine = ...;   // a part of the grid with twice as many cells, shared in runs of twice as many planes
//     auto better = richardson(coarse_part, coarse_masses, fine_part, fine_masses);
#pragma once

#include <span>
#include <vector>

#include "law/grid.hpp"

namespace fpk::solvers {

/// (4 fine - coarse) / 3: fourth order from second.
inline double richardson(double coarse, double fine) { return (4 * fine - coarse) / 3; }

/// The same of cell masses, on the cells of `coarse`; the parts as for law::restricted.
std::vector<double> richardson(const law::GridPart& coarse, std::span<const double> coarse_masses,
                               const law::GridPart& fine, std::span<const double> fine_masses);

/// What three answers say of the limit.
struct Extrapolated {
  double value;
  double error;  ///< estimate of |value - limit|
};

/// From answers at 2h, h and h/2.
Extrapolated extrapolated(double at_2h, double at_h, double at_half_h);

/// Estimate of the L1 error of richardson(h, h/2), from the masses at 2h, h and h/2. Collective.
double extrapolation_error(const law::GridPart& part_2h, std::span<const double> at_2h,
                           const law::GridPart& part_h, std::span<const double> at_h,
                           const law::GridPart& part_half_h, std::span<const double> at_half_h);

}  // namespace fpk::solvers
