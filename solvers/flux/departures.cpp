#include "solvers/flux/departures.hpp"

#include <Eigen/Eigenvalues>

namespace fpk::solvers {
namespace {

/// Eigenvalues below this share of the largest carry no drift: with less, 1/eigenvalue is rounding.
constexpr double rank_tolerance = 1e-10;

/// g = a^{-1} b, without the directions that have no noise.
Eigen::Vector3d force(const CellTensor& a, const Eigen::Vector3d& b, Eigen::Index d) {
  Eigen::Matrix3d m = Eigen::Matrix3d::Zero();
  for (Eigen::Index i = 0; i < d; ++i)
    for (Eigen::Index j = 0; j < d; ++j)
      m(i, j) = a[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
  for (Eigen::Index i = d; i < 3; ++i) m(i, i) = m(0, 0);  // axes that are none, which have no drift
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver(m);
  const Eigen::Vector3d& values = solver.eigenvalues();
  Eigen::Vector3d y = solver.eigenvectors().transpose() * b;
  for (Eigen::Index k = 0; k < 3; ++k)
    y[k] = values[k] > rank_tolerance * values.maxCoeff() ? y[k] / values[k] : 0;
  return solver.eigenvectors() * y;
}

}  // namespace

Departures departures(const CellTensor& a, const CellVector& b, std::size_t dimension, int reach,
                      Carrier carrier) {
  const Decomposition found = selling(a, dimension, reach);
  const auto d = static_cast<Eigen::Index>(dimension);
  Eigen::Vector3d drift = Eigen::Vector3d::Zero();
  for (Eigen::Index i = 0; i < d; ++i) drift[i] = b[static_cast<std::size_t>(i)];
  const Eigen::Vector3d g =
      carrier == Carrier::jumps ? force(a, drift, d) : Eigen::Vector3d(Eigen::Vector3d::Zero());
  Departures answer;
  answer.count = found.count;
  answer.positive = found.positive;
  Eigen::Vector3d rest = drift;
  for (std::size_t k = 0; k < found.count; ++k) {
    const auto& [e, rho] = found.terms[k];
    double w = 0;
    for (Eigen::Index i = 0; i < d; ++i) w += g[i] * e[static_cast<std::size_t>(i)];
    answer.jumps[k] = {e, rho, rho == 0 ? 0 : rho * w};
    for (Eigen::Index i = 0; i < d; ++i) rest[i] -= answer.jumps[k].drift * e[static_cast<std::size_t>(i)];
  }
  for (Eigen::Index i = 0; i < d; ++i) {
    answer.force[static_cast<std::size_t>(i)] = g[i];
    answer.rest[static_cast<std::size_t>(i)] = rest[i];
  }
  answer.carried = rest.norm() <= 1e-9 * drift.norm();
  return answer;
}

}  // namespace fpk::solvers
