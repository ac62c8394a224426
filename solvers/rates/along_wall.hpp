// What a reflecting wall makes of the jumps that it stops (solvers/rates/landing.hpp).
//
// That no probability crosses a wall, n . (b p - div(a p)) = 0, is reflection along the conormal a n: what is then left of
// <u, A p> - <A^T u, p> is the integral over the wall of p (a n) . grad u. A jump that does not take place leaves a
// symmetric form, and its natural boundary condition is just that,
//
//        x                 sum over e of rho_e (e . n)(e . grad u) = n . a grad u = 0
//    ---\-\------ wall
//        v v    stopped    sum over pairs of cells (x, x + e) inside the box
//
// but the pairs of offset e cover the box only up to |e . n| / 2 cells from the wall. Where the conormal derivative is
// zero, e . grad u = e^ . grad u with the offset slid back to the wall along the conormal, e^ = e - (e . n) a n / (n . a n),
// so what is missing is the form of jumps along the wall with the tensor
//
//        T = sum over the jumps that the wall stops of rho_e e^ e^T / 2
//
//    ---o<-x->o-- wall         from each cell that it stops jumps of. They carry their drift T a^{-1} b, too.
//
// Their offsets are Selling's; with them expectations are of second order at the wall, without them of first.
// (Conormal: Ikeda, Watanabe 1989, IV.7. Natural boundary conditions of a form: Ciarlet 1978, section 1.2.)
#pragma once

#include "solvers/flux/departures.hpp"

namespace fpk::solvers {

/// The jumps along a wall across `axis`, in place of those that it stops from a cell with `layer` cells between them. To
/// cells beside it, the diagonal ones included; none where `axis` has no noise.
Departures along_wall(const Departures& from, std::size_t dimension, std::size_t axis, int layer);

}  // namespace fpk::solvers
