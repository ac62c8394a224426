// A generator as a dense matrix in quadruple precision, from the same rates: what small eigenvalues and long passages are
// measured against. 113 bits leave fifteen digits of a number that is 1e-19 of the largest rate.
#pragma once

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <numeric>
#include <stdexcept>
#include <vector>

#include "solvers/each_face.hpp"

namespace fpk::solvers::testing {

using Quad = boost::multiprecision::cpp_bin_float_quad;
using QuadVector = std::vector<Quad>;

/// -A, column j holding what leaves cell j; on one process.
inline std::vector<QuadVector> dense(const Generator& generator) {
  const std::size_t n = generator.part().size();
  std::vector<QuadVector> matrix(n, QuadVector(n, 0));
  const auto wrap = [n](std::ptrdiff_t c) {
    const auto all = static_cast<std::ptrdiff_t>(n);
    return static_cast<std::size_t>((c + all) % all);
  };
  for_each_face(generator, [&](std::ptrdiff_t from, std::ptrdiff_t to, double forward, double backward) {
    const std::size_t i = wrap(from), j = wrap(to);
    matrix[i][i] += Quad(forward), matrix[j][i] -= Quad(forward);
    matrix[j][j] += Quad(backward), matrix[i][j] -= Quad(backward);
  });
  const auto absorption = generator.rates().absorption();
  for (std::size_t c = 0; c < n; ++c) matrix[c][c] += Quad(absorption[c]);
  return matrix;
}

/// Gaussian elimination with row pivots.
class QuadElimination {
 public:
  explicit QuadElimination(std::vector<QuadVector> matrix) : lu_(std::move(matrix)), rows_(lu_.size()) {
    std::iota(rows_.begin(), rows_.end(), 0);
    for (std::size_t k = 0; k < lu_.size(); ++k) {
      std::size_t best = k;
      for (std::size_t i = k + 1; i < lu_.size(); ++i)
        if (abs(lu_[i][k]) > abs(lu_[best][k])) best = i;
      std::swap(lu_[k], lu_[best]);
      std::swap(rows_[k], rows_[best]);
      if (lu_[k][k] == 0) throw std::domain_error("a singular matrix");
      for (std::size_t i = k + 1; i < lu_.size(); ++i) {
        if (lu_[i][k] == 0) continue;
        lu_[i][k] /= lu_[k][k];
        for (std::size_t j = k + 1; j < lu_.size(); ++j)
          if (lu_[k][j] != 0) lu_[i][j] -= lu_[i][k] * lu_[k][j];
      }
    }
  }

  [[nodiscard]] QuadVector solve(const QuadVector& y) const {
    QuadVector x(y.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] = y[rows_[i]];
      for (std::size_t j = 0; j < i; ++j) x[i] -= lu_[i][j] * x[j];
    }
    for (std::size_t i = x.size(); i-- > 0;) {
      for (std::size_t j = i + 1; j < x.size(); ++j) x[i] -= lu_[i][j] * x[j];
      x[i] /= lu_[i][i];
    }
    return x;
  }

 private:
  std::vector<QuadVector> lu_;
  std::vector<std::size_t> rows_;
};

inline Quad dot(const QuadVector& a, const QuadVector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), Quad(0));
}

}  // namespace fpk::solvers::testing
