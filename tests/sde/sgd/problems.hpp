// A loss on four rows without any symmetry, for the tests of stochastic gradients.
#pragma once

#include <cmath>
#include <vector>

#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::sde::sgd_problems {

inline constexpr std::size_t N = 4;

inline model::RowLoss four_rows() {
  formula::Table table{{"a", "c", "y"},
                       {{1.0, 0.5, -1.5, 2.0}, {0.3, -1.0, 0.8, 1.1}, {0.2, -0.7, 1.3, 2.2}}};
  return {{"p", "q"},
          formula::parse("(a*p + c*q - y)^2/2 + sin(a*q)/5", {{"p", "q", "a", "c", "y"}, {}, {}}),
          std::make_shared<const formula::Table>(std::move(table)),
          formula::parse("0.05*p^2 + 0.02*q^4", {{"p", "q"}, {}, {}})};
}

inline model::StochasticGradient chain(std::size_t batch, model::Sampling sampling) {
  model::StochasticGradient sgd;
  sgd.loss = four_rows();
  sgd.learning_rate = 0.1;
  sgd.batch = static_cast<double>(batch);
  sgd.largest_batch = batch;
  sgd.sampling = sampling;
  return sgd;
}

using Point = std::vector<double>;

/// By hand: d loss / d theta of a row, without the regulariser's.
inline Point row_slope(const Point& theta, std::size_t k) {
  constexpr double a[] = {1.0, 0.5, -1.5, 2.0}, c[] = {0.3, -1.0, 0.8, 1.1}, y[] = {0.2, -0.7, 1.3, 2.2};
  const double r = a[k] * theta[0] + c[k] * theta[1] - y[k];
  return {r * a[k], r * c[k] + a[k] * std::cos(a[k] * theta[1]) / 5};
}

inline Point regulariser_slope(const Point& theta) {
  return {0.1 * theta[0], 0.08 * theta[1] * theta[1] * theta[1]};
}

/// grad L.
inline Point slope(const Point& theta) {
  Point g = regulariser_slope(theta);
  for (std::size_t k = 0; k < N; ++k)
    for (std::size_t i = 0; i < 2; ++i) g[i] += row_slope(theta, k)[i] / N;
  return g;
}

/// Sigma_ij.
inline double covariance(const Point& theta, std::size_t i, std::size_t j) {
  Point mean(2, 0.0);
  double product = 0;
  for (std::size_t k = 0; k < N; ++k) {
    const auto g = row_slope(theta, k);
    for (std::size_t m = 0; m < 2; ++m) mean[m] += g[m] / N;
    product += g[i] * g[j] / N;
  }
  return product - mean[i] * mean[j];
}

}  // namespace fpk::sde::sgd_problems
