#include "solvers/spectrum/small_eigenvalues.hpp"

#include <algorithm>
#include <cmath>

#include "solvers/double_double.hpp"
#include "solvers/each_face.hpp"
#include "solvers/spectrum/quadruple_eigenproblem.hpp"

namespace fpk::solvers {
namespace {

/// Modulus over the largest rate below which double precision loses more than six of its digits.
constexpr double small = 1e-6;
/// Eigenvalues closer than this, relatively, count as one.
constexpr double equal = 1e-8;

using Vector = std::vector<double>;

/// What spans the modes in real numbers: one vector for a real one, real and imaginary part for a pair.
struct Basis {
  std::vector<std::size_t> modes;  ///< those that it stands for
  std::vector<Vector> right, left;

  void add(const ComplexVector& r, const ComplexVector& l, bool imaginary) {
    for (auto [from, to] : {std::pair(&r, &right), std::pair(&l, &left)}) {
      Vector part(from->size());
      for (std::size_t c = 0; c < part.size(); ++c)
        part[c] = imaginary ? (*from)[c].imag() : (*from)[c].real();
      to->push_back(std::move(part));
    }
  }
};

Basis basis_of(const std::vector<Mode>& modes, double bound) {
  Basis basis;
  for (std::size_t k = 0; k < modes.size(); ++k) {
    const Mode& m = modes[k];
    if (std::abs(m.eigenvalue) > bound) continue;
    basis.modes.push_back(k);
    const bool second_of_pair = m.eigenvalue.imag() < 0;
    if (second_of_pair) continue;
    basis.add(m.right, m.left, false);
    if (m.eigenvalue.imag() != 0) basis.add(m.right, m.left, true);
  }
  return basis;
}

/// Sums products of fluxes and differences, for all pairs of vectors.
class PairSum {
 public:
  explicit PairSum(std::size_t m) : flux(m), difference(m), sum_(m * m) {}

  void add() {
    for (std::size_t a = 0; a < flux.size(); ++a)
      for (std::size_t b = 0; b < flux.size(); ++b) sum_[a * flux.size() + b] += difference[a] * flux[b];
  }

  /// Over all processes, in the order of their ranks.
  [[nodiscard]] QuadrupleMatrix total(const parallel::Communicator& processes) const {
    Vector own;
    for (const auto& s : sum_) own.insert(own.end(), {s.hi, s.lo});
    const Vector all = processes.concatenate(own);
    QuadrupleMatrix matrix{flux.size(), std::vector<DoubleDouble>(sum_.size())};
    for (std::size_t k = 0; k < all.size(); k += 2)
      matrix.entries[k / 2 % sum_.size()] += DoubleDouble{all[k], all[k + 1]};
    return matrix;
  }

  std::vector<DoubleDouble> flux, difference;

 private:
  std::vector<DoubleDouble> sum_;
};

std::vector<Field> with_halo(const Generator& generator, const std::vector<Vector>& vectors) {
  std::vector<Field> fields;
  for (const auto& v : vectors) {
    fields.push_back(generator.field());
    std::copy(v.begin(), v.end(), fields.back().data());
    fields.back().exchange();
  }
  return fields;
}

/// K = L^T (-A) R.
QuadrupleMatrix form(const Generator& generator, const Basis& basis) {
  const std::size_t m = basis.right.size();
  const auto r = with_halo(generator, basis.right), l = with_halo(generator, basis.left);
  PairSum sum(m);
  for_each_face(generator, [&](std::ptrdiff_t i, std::ptrdiff_t j, double forward, double backward) {
    for (std::size_t a = 0; a < m; ++a) {
      sum.flux[a] = exact_product(forward, r[a].data()[i]) - exact_product(backward, r[a].data()[j]);
      sum.difference[a] = exact_sum(l[a].data()[i], -l[a].data()[j]);
    }
    sum.add();
  });
  for (const auto& exit : generator.rates().exits)
    for (std::size_t k = 0; k < exit.cells.size(); ++k) {
      for (std::size_t a = 0; a < m; ++a) {
        sum.flux[a] = exact_product(exit.rates[k], basis.right[a][exit.cells[k]]);
        sum.difference[a] = {basis.left[a][exit.cells[k]], 0};
      }
      sum.add();
    }
  return sum.total(generator.part().processes());
}

/// M = L^T R.
QuadrupleMatrix overlap(const Generator& generator, const Basis& basis) {
  const std::size_t m = basis.right.size();
  PairSum sum(m);
  for (std::size_t c = 0; c < generator.part().size(); ++c) {
    for (std::size_t a = 0; a < m; ++a) {
      sum.flux[a] = {basis.right[a][c], 0};
      sum.difference[a] = {basis.left[a][c], 0};
    }
    sum.add();
  }
  return sum.total(generator.part().processes());
}

bool all_differ(const std::vector<std::complex<double>>& values) {
  for (std::size_t a = 0; a < values.size(); ++a)
    for (std::size_t b = 0; b < a; ++b)
      if (std::abs(values[a] - values[b]) <= equal * std::abs(values[a])) return false;
  return true;
}

ComplexVector combined(const std::vector<Vector>& vectors, const std::vector<std::complex<double>>& weights) {
  ComplexVector v(vectors.front().size());
  for (std::size_t k = 0; k < vectors.size(); ++k)
    for (std::size_t c = 0; c < v.size(); ++c) v[c] += weights[k] * vectors[k][c];
  return v;
}

/// l . (-A r) / l . r of the mode that begins at vector p of the basis.
std::complex<double> quotient(const QuadrupleMatrix& K, const QuadrupleMatrix& M, std::size_t p,
                              double turn) {
  const auto product = [&](const QuadrupleMatrix& A) -> std::complex<double> {
    const auto at = [&](std::size_t a, std::size_t b) { return A.entries[a * A.n + b]; };
    if (turn == 0) return at(p, p).hi;
    return {(at(p, p) - at(p + 1, p + 1)).hi, (at(p, p + 1) + at(p + 1, p)).hi};
  };
  const auto value = product(K) / product(M);
  return turn < 0 ? std::conj(value) : value;
}

}  // namespace

void refine_small_eigenvalues(const Generator& generator, std::vector<Mode>& modes) {
  const Basis basis = basis_of(modes, small * generator.largest_outflow());
  if (basis.right.empty() || basis.modes.size() != basis.right.size()) return;
  const auto K = form(generator, basis), M = overlap(generator, basis);
  const auto apart = solve_two_sided(K, M);
  const bool distinct = all_differ(apart.values);
  for (std::size_t k = 0; k < basis.modes.size(); ++k) {
    Mode& m = modes[basis.modes[k]];
    if (distinct) {
      m = {apart.values[k], combined(basis.right, apart.right[k]), combined(basis.left, apart.left[k]), 0};
    } else {
      const double turn = m.eigenvalue.imag();
      m.eigenvalue = quotient(K, M, turn < 0 ? k - 1 : k, turn);
    }
  }
}

}  // namespace fpk::solvers
