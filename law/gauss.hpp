// Gauss quadrature of any number of nodes, from the three-term recurrence of the orthogonal polynomials.
//
// With  x p_k = beta_{k+1} p_{k+1} + beta_k p_{k-1}  (orthonormal, of a symmetric law) the nodes x are the eigenvalues of the
// symmetric tridiagonal matrix of the beta (Golub, Welsch 1969, Math. Comp. 23), the weights Christoffel's numbers
//
//     w = 1 / sum_{k < n} p_k(x)^2,
//
// which this sum of squares gives to relative accuracy, however small. n nodes are exact for polynomials up to degree 2n - 1.
#pragma once

#include <cstddef>
#include <vector>

namespace fpk::law {

struct Node {
  double value = 0, weight = 0;
};

/// For the uniform law on (0, 1): weights sum to 1.
std::vector<Node> gauss_legendre(std::size_t n);

/// For the standard normal law: weights sum to 1.
std::vector<Node> gauss_hermite(std::size_t n);

}  // namespace fpk::law
