#include "solvers/flux/departures.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

namespace fpk::solvers {
namespace {

/// Eigenvalues below this share of the largest carry no drift: with less, 1/eigenvalue is rounding.
constexpr double rank_tolerance = 1e-10;
constexpr double largest_w = 2;  ///< centred weights stay non-negative up to here

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, 3, 3>;
using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, 3, 1>;

/// The drift along the eigenvectors of the tensor.
struct Spectrum {
  Vector values, drift;
  Matrix vectors;

  Spectrum(const CellTensor& a, const CellVector& b, std::size_t dimension) {
    const auto d = static_cast<Eigen::Index>(dimension);
    Matrix m(d, d);
    Vector v(d);
    for (Eigen::Index i = 0; i < d; ++i) {
      v[i] = b[static_cast<std::size_t>(i)];
      for (Eigen::Index j = 0; j < d; ++j)
        m(i, j) = a[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
    const Eigen::SelfAdjointEigenSolver<Matrix> solver(m);
    values = solver.eigenvalues().cwiseMax(0);
    vectors = solver.eigenvectors();
    drift = vectors.transpose() * v;
  }

  /// g = (a + lambda I)^{-1} b, without the directions that have no noise.
  [[nodiscard]] Vector g(double lambda) const {
    Vector y = Vector::Zero(drift.size());
    for (Eigen::Index k = 0; k < y.size(); ++k)
      if (values[k] > rank_tolerance * values.maxCoeff()) y[k] = drift[k] / (values[k] + lambda);
    return vectors * y;
  }
  /// b - a g.
  [[nodiscard]] Vector rest(double lambda) const {
    Vector y = drift;
    for (Eigen::Index k = 0; k < y.size(); ++k)
      if (values[k] > rank_tolerance * values.maxCoeff()) y[k] *= lambda / (values[k] + lambda);
    return vectors * y;
  }
};

double along(const Vector& g, const std::array<int, 3>& offset) {
  double w = 0;
  for (Eigen::Index i = 0; i < g.size(); ++i) w += g[i] * offset[static_cast<std::size_t>(i)];
  return w;
}

double largest(const Decomposition& found, const Vector& g, double least_weight) {
  double w = 0;
  for (std::size_t k = 0; k < found.count; ++k)
    if (std::abs(found.terms[k].weight) > least_weight)
      w = std::max(w, std::abs(along(g, found.terms[k].offset)));
  return w;
}

/// The least lambda with |w_e| <= 2 for all e that have a weight, by bisection of its logarithm.
double lambda_within(const Decomposition& found, const Spectrum& spectrum) {
  const double least_weight = rank_tolerance * spectrum.values.maxCoeff();
  if (largest(found, spectrum.g(0), least_weight) <= largest_w) return 0;
  double low = rank_tolerance * spectrum.values.maxCoeff(), high = low;
  while (largest(found, spectrum.g(high), least_weight) > largest_w) high *= 16;
  for (int i = 0; i < 40; ++i) {
    const double middle = std::sqrt(low * high);
    (largest(found, spectrum.g(middle), least_weight) > largest_w ? low : high) = middle;
  }
  return high;
}

}  // namespace

Departures departures(const CellTensor& a, const CellVector& b, std::size_t dimension, int reach,
                      Carrier carrier) {
  const Decomposition found = selling(a, dimension, reach);
  const Spectrum spectrum(a, b, dimension);
  const double lambda = carrier == Carrier::transport ? lambda_within(found, spectrum) : 0;
  const Vector g = spectrum.g(lambda), rest = spectrum.rest(lambda);
  Departures answer;
  answer.count = found.count;
  answer.positive = found.positive;
  for (std::size_t k = 0; k < found.count; ++k) {
    const auto& [offset, weight] = found.terms[k];
    answer.jumps[k] = {offset, weight, weight == 0 ? 0 : weight * along(g, offset)};
  }
  for (Eigen::Index i = 0; i < rest.size(); ++i) answer.rest[static_cast<std::size_t>(i)] = rest[i];
  answer.carried = rest.norm() <= 1e-12 * spectrum.drift.norm();
  return answer;
}

}  // namespace fpk::solvers
