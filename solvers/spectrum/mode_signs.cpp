#include "solvers/spectrum/mode_signs.hpp"

#include <algorithm>
#include <cmath>

namespace fpk::solvers {
namespace {

/// Eigenvalues closer than this, relative to their size, are taken as equal.
constexpr double equal = 1e-10;
/// An integral below this part of that of the absolute value is taken as zero: symmetry leaves far less.
constexpr double vanishing = 1e-5;

/// Exponents of the moments, the lower degrees first.
std::vector<std::array<int, 3>> exponents(std::size_t dimension) {
  std::vector<std::array<int, 3>> all;
  for (int degree = 1; degree <= 3; ++degree)
    for (int i = degree; i >= 0; --i)
      for (int j = degree - i; j >= 0; --j) {
        const int k = degree - i - j;
        if ((dimension < 2 && j > 0) || (dimension < 3 && k > 0)) continue;
        all.push_back({i, j, k});
      }
  return all;
}

/// Values of the test functions in the cells of a part.
std::vector<std::vector<double>> test_functions(const law::GridPart& part) {
  const auto& grid = part.grid();
  const auto powers = exponents(grid.dimension());
  std::vector<std::vector<double>> all(powers.size() + 1, std::vector<double>(part.size()));
  for (std::size_t c = 0; c < part.size(); ++c) {
    const auto x = grid.center(part.index(c));
    std::array<double, 3> s{};
    for (std::size_t a = 0; a < grid.dimension(); ++a)
      s[a] = (2 * x[a] - grid.axis(a).lower() - grid.axis(a).upper()) / grid.axis(a).length();
    for (std::size_t k = 0; k < powers.size(); ++k)
      all[k][c] = std::pow(s[0], powers[k][0]) * std::pow(s[1], powers[k][1]) * std::pow(s[2], powers[k][2]);
    all.back()[c] = std::exp(s[0] + 0.7 * s[1] + 0.4 * s[2]);
  }
  return all;
}

double sum(const law::GridPart& part, const std::vector<double>& terms) { return law::total(part, terms); }

std::complex<double> sum(const law::GridPart& part, const ComplexVector& terms) {
  std::vector<double> re(terms.size()), im(terms.size());
  for (std::size_t c = 0; c < terms.size(); ++c) {
    re[c] = terms[c].real();
    im[c] = terms[c].imag();
  }
  return {law::total(part, re), law::total(part, im)};
}

/// Integral of g against r, or 0 where it vanishes for all that can be told.
template <class Vector>
auto integral(const law::GridPart& part, const std::vector<double>& g, const Vector& r) {
  auto terms = r;
  std::vector<double> sizes(r.size());
  for (std::size_t c = 0; c < r.size(); ++c) {
    terms[c] *= g[c];
    sizes[c] = std::abs(terms[c]);
  }
  const auto value = sum(part, terms);
  return std::abs(value) > vanishing * law::total(part, sizes) ? value : decltype(value){};
}

std::vector<double> product(std::span<const double> a, const std::vector<double>& b) {
  std::vector<double> p(b);
  for (std::size_t c = 0; c < p.size(); ++c) p[c] *= a[c];
  return p;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double s = 0;
  for (std::size_t k = 0; k < a.size(); ++k) s += a[k] * b[k];
  return s;
}

/// Takes from `v` its parts along unit vectors, twice for round-off; returns what is left of its norm.
double orthogonalise(std::vector<double>& v, const std::vector<std::vector<double>>& unit) {
  for (int pass = 0; pass < 2; ++pass)
    for (const auto& u : unit) {
      const double along = dot(u, v);
      for (std::size_t k = 0; k < v.size(); ++k) v[k] -= along * u[k];
    }
  return std::sqrt(dot(v, v));
}

/// Orthonormal combinations of `n` vectors, decided by the rows of integrals one after another.
std::vector<std::vector<double>> combinations(const std::vector<std::vector<double>>& rows, std::size_t n) {
  std::vector<std::vector<double>> chosen;
  for (auto row : rows) {
    if (chosen.size() == n) break;
    const double before = std::sqrt(dot(row, row)), after = orthogonalise(row, chosen);
    if (after == 0 || after < vanishing * before) continue;
    for (auto& x : row) x /= after;
    chosen.push_back(row);
  }
  for (std::size_t k = 0; chosen.size() < n;
       ++k) {  // no test function tells them apart: keep the rest as it came
    std::vector<double> row(n, 0.0);
    row[k % n] = 1;
    const double after = orthogonalise(row, chosen);
    if (after < 0.5 / static_cast<double>(n)) continue;
    for (auto& x : row) x /= after;
    chosen.push_back(row);
  }
  return chosen;
}

}  // namespace

void fix_phases(const law::GridPart& part, std::vector<Mode>& modes) {
  const auto tests = test_functions(part);
  for (auto& mode : modes)
    for (const auto& g : tests) {
      const auto value = integral(part, g, mode.right);
      if (value == std::complex<double>{}) continue;
      const auto turn = std::conj(value) / std::abs(value);
      for (auto& r : mode.right) r *= turn;
      for (auto& l : mode.left) l /= turn;
      break;
    }
}

void fix_bases(const law::GridPart& part, const std::vector<double>& values, std::span<const double> weight,
               std::vector<std::vector<double>>& q) {
  const auto tests = test_functions(part);
  for (std::size_t first = 0, last = 0; first < q.size(); first = last) {
    while (last < q.size() && values[last] - values[first] <= equal * values[last]) ++last;
    if (last == first) ++last;
    std::vector<std::vector<double>> rows;
    for (const auto& g : tests) {
      std::vector<double> row;
      for (std::size_t k = first; k < last; ++k) row.push_back(integral(part, g, product(weight, q[k])));
      rows.push_back(std::move(row));
    }
    const auto turned = combinations(rows, last - first);
    const std::vector<std::vector<double>> old(q.begin() + static_cast<std::ptrdiff_t>(first),
                                               q.begin() + static_cast<std::ptrdiff_t>(last));
    for (std::size_t k = 0; k < old.size(); ++k)
      for (std::size_t c = 0; c < old[k].size(); ++c) {
        q[first + k][c] = 0;
        for (std::size_t m = 0; m < old.size(); ++m) q[first + k][c] += turned[k][m] * old[m][c];
      }
  }
}

}  // namespace fpk::solvers
