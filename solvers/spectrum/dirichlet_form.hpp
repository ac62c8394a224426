// The Dirichlet form of a generator in detailed balance, for small eigenvalues to relative accuracy.
//
//     E(f, g) = sum over faces C_ij (f_i - f_j) (g_i - g_j) + sum over cells a_i pi_i f_i g_i,
//
//     C_ij = pi_i k(i -> j) = pi_j k(j -> i): conductances,   a_i: rate of absorption,   f = q / sqrt(pi)
//
//          i                j
//      q_i o ---- face ---- o q_j        sqrt(C_ij) (f_i - f_j) = sqrt(k(i -> j)) q_i - sqrt(k(j -> i)) q_j
//
// E(f, f) / <f, f>_pi is the Rayleigh quotient of -A. As a sum of squares it has no cancellation: an error e in q
// changes it by about e^2 times the largest rate, where q . (-S q) would be off by 1e-16 of the largest rate whatever
// q. Written with rates, no weight pi appears, so none can underflow. (Fukushima, Oshima, Takeda 1994, ch. 1;
// Levin, Peres 2017, lemma 13.6)
#pragma once

#include <vector>

#include "solvers/generator.hpp"

namespace fpk::solvers {

/// E(f_a, f_b) for all pairs of q's (own cells each), row by row [1/time]; symmetric. Collective.
std::vector<double> dirichlet_matrix(const Generator& generator, const std::vector<std::vector<double>>& q);

/// Eigenvalues of a positive definite matrix, ascending, with its orthonormal eigenvectors.
struct SmallEigenproblem {
  std::vector<double> values;
  std::vector<std::vector<double>> vectors;
};

/// By Jacobi's rotations, which find each eigenvalue of a graded matrix (D K D with K near 1) to relative accuracy,
/// where other methods are off by 1e-16 of the largest. `matrix` row by row, n by n. (Demmel, Veselic 1992)
SmallEigenproblem jacobi_eigenproblem(std::vector<double> matrix, std::size_t n);

}  // namespace fpk::solvers
