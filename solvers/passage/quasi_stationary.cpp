#include "solvers/passage/quasi_stationary.hpp"

#include <Eigen/Dense>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

using Vector = std::vector<double>;

/// Dimension of the Krylov space between restarts.
constexpr int dimension = 12;
constexpr int most_restarts = 12;
/// Error of the law, L1, at which it is taken for settled: what is left of the change in one iteration, when each is
/// `ratio` times the last, sums up to change * ratio / (1 - ratio). Changes below the second are rounding.
constexpr double settled = 1e-12, rounding = 1e-14;
/// Where the error stays above this, no law was found.
constexpr double largest_error = 1e-8;

double dot(const law::GridPart& part, const Vector& a, const Vector& b) {
  Vector terms(a.size());
  for (std::size_t c = 0; c < terms.size(); ++c) terms[c] = a[c] * b[c];
  return law::total(part, terms);
}

void normalise(const law::GridPart& part, Vector& v) {
  const double sum = law::total(part, v);
  for (auto& x : v) x /= sum;
}

/// One inverse iteration; returns how far it moved the law.
double iterate(StoppedSystem& system, const law::GridPart& part, Vector& v) {
  Vector next = system.solve(v);
  normalise(part, next);
  const double change = law::l1_distance(part, next, v);
  v = std::move(next);
  return change;
}

/// The Ritz vector of the largest eigenvalue of the inverse on the Krylov space of v; `positive`: rates of one sign leave it so.
Vector ritz_vector(StoppedSystem& system, const law::GridPart& part, const Vector& v, bool positive) {
  std::vector<Vector> basis{v};
  Eigen::MatrixXd H = Eigen::MatrixXd::Zero(dimension + 1, dimension);
  const double norm = std::sqrt(dot(part, v, v));
  for (auto& x : basis[0]) x /= norm;
  int k = 0;
  for (; k < dimension; ++k) {
    Vector w = system.solve(basis[static_cast<std::size_t>(k)]);
    const double before = std::sqrt(dot(part, w, w));
    for (int pass = 0; pass < 2; ++pass)  // twice is enough (Kahan, Parlett)
      for (int j = 0; j <= k; ++j) {
        const auto& q = basis[static_cast<std::size_t>(j)];
        const double h = dot(part, q, w);
        H(j, k) += h;
        for (std::size_t c = 0; c < w.size(); ++c) w[c] -= h * q[c];
      }
    H(k + 1, k) = std::sqrt(dot(part, w, w));
    if (H(k + 1, k) < 1e-14 * before) {
      ++k;
      break;
    }
    for (auto& x : w) x /= H(k + 1, k);
    basis.push_back(std::move(w));
  }
  const Eigen::EigenSolver<Eigen::MatrixXd> eigen(H.topLeftCorner(k, k));
  Eigen::Index largest = 0;
  eigen.eigenvalues().real().maxCoeff(&largest);
  const Eigen::VectorXd y = eigen.eigenvectors().col(largest).real();
  Vector ritz(v.size(), 0.0);
  for (int j = 0; j < k; ++j)
    for (std::size_t c = 0; c < ritz.size(); ++c) ritz[c] += y(j) * basis[static_cast<std::size_t>(j)][c];
  normalise(part, ritz);
  if (positive) {  // what is not is error
    for (auto& x : ritz) x = std::abs(x);
    normalise(part, ritz);
  }
  return ritz;
}

}  // namespace

QuasiStationary quasi_stationary(StoppedSystem& system, const Stopped& stopped) {
  const law::GridPart& part = stopped.generator->part();
  QuasiStationary q;
  q.law.assign(part.size(), 0.0);
  for (std::size_t c = 0; c < q.law.size(); ++c) q.law[c] = stopped.kept(c) ? part.volume(c) : 0;
  normalise(part, q.law);
  q.residual = 2;
  for (int restart = 0; restart < most_restarts && q.residual > settled; ++restart) {
    if (restart > 0) {
      q.law = ritz_vector(system, part, q.law, !stopped.generator->rates().is_signed);
      q.solves += dimension;
    }
    double last = 2, before = q.residual;
    for (int i = 0; i < 4 && q.residual > settled; ++i, ++q.solves) {
      const double change = iterate(system, part, q.law), ratio = std::min(change / last, 1 - 1e-3);
      q.residual = change <= rounding ? change : change * std::max(1.0, ratio / (1 - ratio));
      last = change;
    }
    if (restart > 1 && q.residual < largest_error && q.residual > 0.5 * before) break;  // rounding
  }
  if (!(q.residual <= largest_error))
    throw SolverError("no quasi-stationary law was found: two decay rates lie too close to each other");
  q.rate = dot(part, stopped.absorption, q.law);
  return q;
}

}  // namespace fpk::solvers
