// A network small enough to look at from all sides, on made-up rows without any symmetry.
#pragma once

#include <cmath>

#include "model/network/two_layer_network.hpp"

namespace fpk::model::testing {

/// 9 rows of 3 features in 3 classes.
inline LabelledRows small_rows(std::size_t rows = 9) {
  LabelledRows data{Eigen::MatrixXd(3, static_cast<Eigen::Index>(rows)), {}, 3};
  for (std::size_t r = 0; r < rows; ++r) {
    const double x = static_cast<double>(r);
    data.features.col(static_cast<Eigen::Index>(r)) << std::sin(1.3 * x), std::cos(0.7 * x * x),
        0.5 * std::sin(0.1 * x) - 0.3;
    data.labels.push_back(static_cast<std::uint32_t>((r * r + r / 2) % 3));
  }
  return data;
}

/// 4 hidden units: 3*4 + 4 + 4*3 + 3 = 31 parameters.
inline TwoLayerNetwork small_network(std::size_t rows = 9) { return {small_rows(rows), 4, 0.05}; }

/// Numbers about 1 without pattern.
inline Eigen::VectorXd scattered(Eigen::Index n, double phase) {
  return Eigen::VectorXd::NullaryExpr(n, [&](Eigen::Index i) {
    return 0.9 * std::sin(2.1 * static_cast<double>(i) + phase) +
           0.2 * std::cos(static_cast<double>(i * i) + phase);
  });
}

}  // namespace fpk::model::testing
