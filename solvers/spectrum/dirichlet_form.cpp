#include "solvers/spectrum/dirichlet_form.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "solvers/each_face.hpp"

namespace fpk::solvers {
namespace {

/// Accumulates d d^T for the k differences across one face after another.
class OuterSum {
 public:
  explicit OuterSum(std::size_t k) : k_(k), difference_(k), sum_(k * k, 0.0) {}
  double& difference(std::size_t a) { return difference_[a]; }
  void add() {
    for (std::size_t a = 0; a < k_; ++a)
      for (std::size_t b = 0; b <= a; ++b) sum_[a * k_ + b] += difference_[a] * difference_[b];
  }
  std::vector<double> matrix(const parallel::Communicator& processes) {
    processes.sum(sum_);
    for (std::size_t a = 0; a < k_; ++a)
      for (std::size_t b = 0; b < a; ++b) sum_[b * k_ + a] = sum_[a * k_ + b];
    return sum_;
  }

 private:
  std::size_t k_;
  std::vector<double> difference_, sum_;
};

constexpr int most_sweeps = 60;
/// Of an entry, over the geometric mean of its row's and column's diagonal: below, it is rounding.
constexpr double negligible = 1e-17;

/// The rotation that makes entry (p, r) zero (Golub, Van Loan 2013, section 8.5.2).
void rotate(std::vector<double>& A, std::vector<std::vector<double>>& V, std::size_t n, std::size_t p,
            std::size_t r) {
  const double tau = (A[r * n + r] - A[p * n + p]) / (2 * A[p * n + r]);
  const double t = (tau < 0 ? -1 : 1) / (std::abs(tau) + std::hypot(1, tau)), off = A[p * n + r];
  const double c = 1 / std::hypot(1, t), s = t * c;
  A[p * n + p] -= t * off;
  A[r * n + r] += t * off;
  A[p * n + r] = A[r * n + p] = 0;
  for (std::size_t k = 0; k < n; ++k) {
    const double v_p = V[p][k], v_r = V[r][k];
    V[p][k] = c * v_p - s * v_r;
    V[r][k] = s * v_p + c * v_r;
    if (k == p || k == r) continue;
    const double a_p = A[k * n + p], a_r = A[k * n + r];
    A[k * n + p] = A[p * n + k] = c * a_p - s * a_r;
    A[k * n + r] = A[r * n + k] = s * a_p + c * a_r;
  }
}

}  // namespace

std::vector<double> dirichlet_matrix(const Generator& generator, const std::vector<std::vector<double>>& q) {
  std::vector<Field> fields;
  for (const auto& own : q) {
    fields.push_back(generator.field());
    std::copy(own.begin(), own.end(), fields.back().data());
    fields.back().exchange();
  }
  OuterSum sum(q.size());
  for_each_face(generator, [&](std::ptrdiff_t i, std::ptrdiff_t j, double forward, double backward) {
    const double w_i = std::sqrt(forward), w_j = std::sqrt(backward);
    for (std::size_t a = 0; a < q.size(); ++a)
      sum.difference(a) = w_i * fields[a].data()[i] - w_j * fields[a].data()[j];
    sum.add();
  });
  for (const auto& exit : generator.rates().exits)
    for (std::size_t k = 0; k < exit.cells.size(); ++k) {
      for (std::size_t a = 0; a < q.size(); ++a)
        sum.difference(a) = std::sqrt(exit.rates[k]) * q[a][exit.cells[k]];
      sum.add();
    }
  return sum.matrix(generator.part().processes());
}

SmallEigenproblem jacobi_eigenproblem(std::vector<double> matrix, std::size_t n) {
  std::vector<std::vector<double>> V(n, std::vector<double>(n, 0.0));
  for (std::size_t a = 0; a < n; ++a) V[a][a] = 1;
  bool rotated = true;
  for (int sweep = 0; rotated && sweep < most_sweeps; ++sweep) {
    rotated = false;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t r = p + 1; r < n; ++r) {
        const double off = std::abs(matrix[p * n + r]);
        if (off == 0 || off <= negligible * std::sqrt(matrix[p * n + p]) * std::sqrt(matrix[r * n + r]))
          continue;
        rotate(matrix, V, n, p, r);
        rotated = true;
      }
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](auto a, auto b) { return matrix[a * n + a] < matrix[b * n + b]; });
  SmallEigenproblem answer;
  for (const auto a : order) {
    answer.values.push_back(matrix[a * n + a]);
    answer.vectors.push_back(V[a]);
  }
  return answer;
}

}  // namespace fpk::solvers
