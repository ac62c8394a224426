// The transpose of a generator, made into a chain of its own, so that every propagator can carry the backward equation.
//
//     du/dt = A^T u,   u(0) = f:     u_c(t) = E[f(X_t) | X_0 in c, not absorbed before t]         (backward Kolmogorov)
//
// Seen as the forward operator of a chain, A^T moves "mass" u along the same faces with the rates of the two ways exchanged;
// what a cell loses is still its outflow, so that the difference to what it hands on is absorbed, or, where negative, born:
//
//     c --- backward[c] ---> c + shift,    absorbed at c:  outflow_c - (sum of the exchanged rates out of c)
//
// Off-diagonal entries stay non-negative: uniformisation keeps u between the least and the greatest of f.
// (Karlin, Taylor 1981, ch. 15.5; Gardiner 2009, sec. 3.6)
#pragma once

#include <memory>

#include "solvers/generator.hpp"

namespace fpk::solvers {

/// A generator whose apply is apply_transpose of the other, and the reverse. It carries no log_weights: those of the
/// transpose, -ln pi, span the very range that its propagation must not be scaled by. Of limited fluxes that of the linear form,
/// with rates of either sign. Collective.
std::shared_ptr<const Generator> transposed(const Generator& generator);

}  // namespace fpk::solvers
