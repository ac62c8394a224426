// The generator under a diagonal change of variables, as a sparse matrix for eigensolvers:
//
//     B = alpha I - W^{-1} A W,     W = diag(w) > 0,     B_ij = -k(j -> i) w_j / w_i
//
// Masses are m = W x, observables f = W^{-1} y, for right and left vectors x, y of B. With w = sqrt(pi) both
// sides live in the same Hilbert space and both null vectors are sqrt(pi); in detailed balance B is symmetric,
// with B_ij = -sqrt(k(i -> j) k(j -> i)). Without the change, entries of an eigenvector span as many powers of ten
// as pi does. (Osborne 1960 on balancing; Pavliotis 2014, ch. 4.5, on L^2(pi))
#pragma once

#include "solvers/generator.hpp"
#include "solvers/petsc/handle.hpp"

namespace fpk::solvers::petsc {

/// `log_scale`: ln w on the own cells, any constant added. Collective.
Matrix balanced_matrix(const Generator& generator, std::span<const double> log_scale, double alpha);

/// The same for w = sqrt(pi) of a generator in detailed balance, symmetric to the last bit. Collective.
Matrix symmetric_matrix(const Generator& generator, double alpha);

}  // namespace fpk::solvers::petsc
