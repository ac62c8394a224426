#include "solvers/flux/selling.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

namespace fpk::solvers {
namespace {

using Vector = std::array<int, 3>;
using Superbase = std::array<Vector, 4>;  ///< the first d + 1

/// Neumaier's sum of products of a double and an integer below 2^26, each exact: long offsets multiply what the sum
/// cancels, so its rounding would show in the tensor restored.
class ExactSum {
 public:
  void add(double a, double n) {
    const double scaled = 134217729.0 * a, high = scaled - (scaled - a);  // Veltkamp: 26 bits and the rest
    add(high * n);
    add((a - high) * n);
  }
  [[nodiscard]] double value() const { return sum_ + rest_; }

 private:
  void add(double x) {
    const double next = sum_ + x;
    rest_ += std::abs(sum_) >= std::abs(x) ? (sum_ - next) + x : (x - next) + sum_;
    sum_ = next;
  }
  double sum_ = 0, rest_ = 0;
};

double product(const CellTensor& a, std::size_t d, const Vector& u, const Vector& v) {
  ExactSum sum;
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j)
      sum.add(a[i][j], static_cast<double>(u[i]) * static_cast<double>(v[j]));
  return sum.value();
}

Superbase canonical(std::size_t d) {
  Superbase b{};
  for (std::size_t j = 0; j < d; ++j) {
    b[j][j] = 1;
    b[d][j] = -1;
  }
  return b;
}

/// The one with <e, b_j> = 1, <e, b_k> = -1 and 0 with the others, up to its sign.
Vector offset(const Superbase& b, std::size_t d, std::size_t j, std::size_t k) {
  Vector e{};
  if (d == 1) return {1, 0, 0};
  if (d == 2) {
    const Vector& l = b[3 - j - k];
    e = {-l[1], l[0], 0};
  } else {
    std::array<std::size_t, 2> others{};
    std::size_t n = 0;
    for (std::size_t l = 0; l <= d; ++l)
      if (l != j && l != k) others[n++] = l;
    const Vector &u = b[others[0]], &v = b[others[1]];
    e = {u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]};
  }
  for (std::size_t i = d; i-- > 0;) {
    if (e[i] == 0) continue;
    if (e[i] < 0)
      for (auto& x : e) x = -x;
    break;
  }
  return e;
}

/// One step of the algorithm for the pair j, k.
Superbase step(Superbase b, std::size_t d, std::size_t j, std::size_t k) {
  for (std::size_t l = 0; l <= d; ++l)
    for (std::size_t i = 0; i < d && l != j && l != k; ++i)
      b[l][i] = d == 2 ? b[j][i] - b[k][i] : b[l][i] + b[j][i];
  for (auto& x : b[j]) x = -x;
  return b;
}

bool within(const Superbase& b, std::size_t d, int reach) {
  for (std::size_t j = 0; j <= d; ++j)
    for (std::size_t k = j + 1; k <= d; ++k)
      for (const int x : offset(b, d, j, k))
        if (std::abs(x) > reach) return false;
  return true;
}

struct Pair {
  std::size_t j, k;
};

/// The pair furthest from obtuse, if there is one beyond rounding.
std::optional<Pair> most_acute(const CellTensor& a, const Superbase& b, std::size_t d) {
  std::optional<Pair> worst;
  std::array<double, 4> norm{};
  for (std::size_t j = 0; j <= d; ++j) norm[j] = std::max(product(a, d, b[j], b[j]), 0.0);
  double largest = 0;
  for (std::size_t j = 0; j <= d; ++j)
    for (std::size_t k = j + 1; k <= d; ++k) {
      const double p = product(a, d, b[j], b[k]);
      // Entries of a are rounded; a step on a product that is rounding alone could go round in circles.
      if (p <= largest || p <= 4e-16 * std::sqrt(norm[j] * norm[k])) continue;
      largest = p;
      worst = Pair{j, k};
    }
  return worst;
}

}  // namespace

Decomposition selling(const CellTensor& a, std::size_t dimension, int reach) {
  const std::size_t d = dimension;
  Superbase b = canonical(d);
  std::optional<Pair> acute = d == 1 ? std::nullopt : most_acute(a, b, d);
  while (acute) {
    const Superbase next = step(b, d, acute->j, acute->k);
    if (!within(next, d, reach)) break;
    b = next;
    acute = most_acute(a, b, d);
  }
  Decomposition answer;
  answer.positive = !acute;
  for (std::size_t j = 0; j <= d; ++j)
    for (std::size_t k = j + 1; k <= d; ++k) {
      const double weight = -product(a, d, b[j], b[k]);
      answer.terms[answer.count++] = {offset(b, d, j, k), acute ? weight : std::max(weight, 0.0)};
    }
  return answer;
}

}  // namespace fpk::solvers
