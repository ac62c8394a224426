#include "solvers/spectrum/quadruple_eigenproblem.hpp"

#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/eigen.hpp>
#include <numeric>

namespace fpk::solvers {
namespace {

using Quad = boost::multiprecision::cpp_bin_float_quad;  // 113 bits
using Matrix = Eigen::Matrix<Quad, Eigen::Dynamic, Eigen::Dynamic>;
using Complex = std::complex<double>;

Matrix matrix_of(const QuadrupleMatrix& q) {
  const auto n = static_cast<Eigen::Index>(q.n);
  Matrix A(n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j) {
      const DoubleDouble& entry = q.entries[static_cast<std::size_t>(i * n + j)];
      A(i, j) = Quad(entry.hi) + Quad(entry.lo);
    }
  return A;
}

/// Column j of P, or of its pair, in double.
std::vector<Complex> combination(const Matrix& P, Eigen::Index j, Eigen::Index imaginary, double sign) {
  std::vector<Complex> v;
  for (Eigen::Index i = 0; i < P.rows(); ++i)
    v.emplace_back(static_cast<double>(P(i, j)),
                   imaginary < 0 ? 0 : sign * static_cast<double>(P(i, imaginary)));
  return v;
}

std::vector<Complex> halved(std::vector<Complex> v) {
  for (auto& z : v) z *= 0.5;
  return v;
}

}  // namespace

TwoSidedEigenproblem solve_two_sided(const QuadrupleMatrix& K, const QuadrupleMatrix& M) {
  const Matrix overlap = matrix_of(M), T = overlap.partialPivLu().solve(matrix_of(K));
  const Eigen::EigenSolver<Matrix> eigen(T);
  // T P = P D with real P: for a pair v = a + i b the columns a, b; the rows of (M P)^{-1} are the left vectors.
  const Matrix P = eigen.pseudoEigenvectors(), Q = (overlap * P).partialPivLu().inverse().transpose();
  TwoSidedEigenproblem found;
  for (Eigen::Index j = 0; j < T.rows(); ++j) {
    const auto value = eigen.eigenvalues()(j);
    found.values.emplace_back(static_cast<double>(value.real()), static_cast<double>(value.imag()));
    const double turn = found.values.back().imag();
    const Eigen::Index first = turn < 0 ? j - 1 : j, second = turn == 0 ? -1 : first + 1;
    const double sign = turn < 0 ? -1 : 1;
    found.right.push_back(combination(P, first, second, sign));
    const auto left = combination(Q, first, second, -sign);
    found.left.push_back(turn == 0 ? left : halved(left));
  }
  std::vector<std::size_t> order(found.values.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return found.values[a].real() < found.values[b].real(); });
  TwoSidedEigenproblem sorted;
  for (const auto k : order) {
    sorted.values.push_back(found.values[k]);
    sorted.right.push_back(std::move(found.right[k]));
    sorted.left.push_back(std::move(found.left[k]));
  }
  return sorted;
}

}  // namespace fpk::solvers
