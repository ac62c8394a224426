// A small eigenproblem of two matrices in quadruple precision: K v = lambda M v,  u^T K = lambda u^T M.
#pragma once

#include <complex>
#include <vector>

#include "solvers/double_double.hpp"

namespace fpk::solvers {

/// Row by row, n by n.
struct QuadrupleMatrix {
  std::size_t n = 0;
  std::vector<DoubleDouble> entries;
};

struct TwoSidedEigenproblem {
  std::vector<std::complex<double>> values;  ///< by real part; of a pair the one that turns forward first
  std::vector<std::vector<std::complex<double>>> right;  ///< [k]: v_k
  std::vector<std::vector<std::complex<double>>>
      left;  ///< [k]: u_k, with u_a^T M v_b = 1 for a = b and 0 else
};

/// By the QR algorithm on M^{-1} K (Golub, Van Loan 2013, section 7.5), with rounding of 1e-34 of the largest entry. M must be regular.
TwoSidedEigenproblem solve_two_sided(const QuadrupleMatrix& K, const QuadrupleMatrix& M);

}  // namespace fpk::solvers
