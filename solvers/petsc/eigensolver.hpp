// Eigenpairs of minus a generator nearest to zero: SLEPc's Krylov-Schur method on the shifted inverse.
//
//     B x = lambda x,   B = -W^{-1} A W,     (B + tau I)^{-1} x = 1 / (lambda + tau) x,     tau > 0 small
//
// The eigenvalues nearest to -tau become the largest, and a few dozen solves with one factorisation (MUMPS) find them.
// (Stewart 2001; Hernandez, Roman, Vidal 2005; two-sided for left vectors: Zwaan, Hochstenbach 2017)
#pragma once

#include <complex>
#include <span>
#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers::petsc {

using ComplexVector = std::vector<std::complex<double>>;

/// In the balanced variables: x = W^{-1} m of unit norm, y = W f.
struct Eigenpair {
  std::complex<double> value;  ///< of -A: its real part is not negative, but for rounding
  ComplexVector right, left;   ///< own cells
};

/// Pairs of the generator in detailed balance, w = sqrt(pi): real, and left = right, so `left` is empty. At least
/// `count` of them (if there are as many), in ascending order, orthogonal to `deflated`, vectors of unit norm that are
/// known to be eigenvectors. Collective. Throws SolverError where the method does not converge.
std::vector<Eigenpair> symmetric_eigenpairs(const Generator& generator, std::size_t count, double tau,
                                            const std::vector<std::vector<double>>& deflated);

/// Pairs of any generator, w = exp(log_scale), those with the smallest |lambda + tau| first; both of a complex pair.
/// Collective. Throws SolverError where the method does not converge.
std::vector<Eigenpair> general_eigenpairs(const Generator& generator, std::size_t count, double tau,
                                          std::span<const double> log_scale);

/// How many eigenvalues of minus a generator in detailed balance are below `bound`, by Sylvester's law of inertia: as
/// many as negative pivots of B - bound I. Collective.
std::size_t eigenvalues_below(const Generator& generator, double bound);

}  // namespace fpk::solvers::petsc
