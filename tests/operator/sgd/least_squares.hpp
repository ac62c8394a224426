// Least squares on a few rows, and its moments under stochastic gradient descent, from nothing but products of matrices.
//
// A row's gradient is K_i z with z = (theta [, v], 1) or with v = theta' - theta. One step is z' = A_B z with A_B = A - (eta/b) sum over B of
// the rows' matrices, so that Z = E z z^T goes to E A_B Z A_B^T, where with r = P(two places of a batch hold rows i and j, i != j or i = j)
//
//     E g_B g_B^T = (1/b^2) [ (b/N) sum_i K_i Z K_i^T + b (b - 1) sum_ij r_ij K_i Z K_j^T ],
//     with replacement r_ij = 1/N^2;    without r_ij = 1/(N (N - 1)) for i != j, r_ii = 0.
//
// Neither the covariance of a gradient nor a factor for finite populations is in it.
#pragma once

#include <fmt/format.h>

#include <Eigen/Dense>
#include <memory>
#include <vector>

#include "model/sgd/stochastic_gradient.hpp"

namespace fpk::orders {

struct Rows {
  std::vector<std::vector<double>> a;  ///< [parameter][row]
  std::vector<double> y;
};

inline Rows line_rows() { return {{{0.5, 1.0, 1.5, -1.0, 2.0, -0.7}}, {0.9, 0.7, 1.9, -1.6, 1.4, 0.2}}; }
inline Rows plane_rows() {
  return {{{1.0, 0.4, -0.8, 1.3, 0.2}, {0.3, -1.1, 0.7, 0.9, 1.5}}, {0.6, -0.4, 0.1, 1.7, 0.8}};
}

inline model::StochasticGradient least_squares(const Rows& rows, double learning_rate, std::size_t batch) {
  using formula::Formula;
  model::StochasticGradient chain;
  auto table = std::make_shared<formula::Table>();
  Formula residual = -Formula::variable("y");
  for (std::size_t k = 0; k < rows.a.size(); ++k) {
    chain.loss.parameters.push_back(fmt::format("p{}", k));
    table->names.push_back(fmt::format("a{}", k));
    table->columns.push_back(rows.a[k]);
    residual =
        residual + Formula::variable(table->names.back()) * Formula::variable(chain.loss.parameters.back());
  }
  table->names.push_back("y");
  table->columns.push_back(rows.y);
  chain.loss.row = residual * residual / Formula(2.0);
  chain.loss.rows = table;
  chain.learning_rate = learning_rate;
  chain.batch = static_cast<double>(batch);
  chain.largest_batch = batch;
  return chain;
}

/// E z z^T after that many steps from E z z^T = Z; z ends in 1.
class MomentOracle {
 public:
  MomentOracle(const Rows& rows, const model::StochasticGradient& chain) : chain_(chain) {
    const auto d = static_cast<Eigen::Index>(rows.a.size());
    const bool moves = chain.momentum != 0;
    const Eigen::Index size = (moves ? 2 * d : d) + 1;
    const double eta = chain.learning_rate, mu = chain.momentum;
    A_ = Eigen::MatrixXd::Identity(size, size);
    if (moves) {
      A_.block(0, d, d, d) = mu * Eigen::MatrixXd::Identity(d, d);
      A_.block(d, d, d, d) = mu * Eigen::MatrixXd::Identity(d, d);
    }
    for (std::size_t i = 0; i < rows.y.size(); ++i) {
      Eigen::VectorXd a(d);
      for (Eigen::Index k = 0; k < d; ++k) a[k] = rows.a[static_cast<std::size_t>(k)][i];
      Eigen::MatrixXd G = Eigen::MatrixXd::Zero(d, size), K = Eigen::MatrixXd::Zero(size, size);
      G.leftCols(d) = a * a.transpose();
      if (moves && chain.nesterov) G.middleCols(d, d) = mu * a * a.transpose();
      G.col(size - 1) = -rows.y[i] * a;
      K.topRows(d) = -eta * G;
      if (moves) K.middleRows(d, d) = -eta * G;
      K_.push_back(K);
    }
  }

  [[nodiscard]] Eigen::MatrixXd after(int steps, Eigen::MatrixXd Z) const {
    const double N = static_cast<double>(K_.size()), b = static_cast<double>(chain_.largest_batch);
    const bool differ = chain_.sampling == model::Sampling::without_replacement;
    Eigen::MatrixXd mean = Eigen::MatrixXd::Zero(A_.rows(), A_.cols());
    for (const auto& K : K_) mean += K / N;
    for (int n = 0; n < steps; ++n) {
      Eigen::MatrixXd square = Eigen::MatrixXd::Zero(A_.rows(), A_.cols());
      for (std::size_t i = 0; i < K_.size(); ++i)
        for (std::size_t j = 0; j < K_.size(); ++j) {
          double r = i == j ? 1 / (b * N) : 0;
          if (!differ) r += (b - 1) / (b * N * N);
          if (differ && i != j) r += (b - 1) / (b * N * (N - 1));
          square += r * K_[i] * Z * K_[j].transpose();
        }
      const Eigen::MatrixXd cross = A_ * Z * mean.transpose();
      Z = A_ * Z * A_.transpose() + cross + cross.transpose() + square;
    }
    return Z;
  }

 private:
  const model::StochasticGradient& chain_;
  Eigen::MatrixXd A_;
  std::vector<Eigen::MatrixXd> K_;  ///< with -eta
};

}  // namespace fpk::orders
