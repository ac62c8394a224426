// Selling's decomposition restores its tensor with non-negative weights, whatever the anisotropy and its direction.
#include "solvers/flux/selling.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Dense>
#include <cmath>

namespace fpk::solvers {
namespace {

double uniform(double from, double to) { return from + (to - from) * *rc::gen::inRange(0, 1'000'001) / 1e6; }

/// A random rotation (Gram-Schmidt of a random matrix) of eigenvalues between 1/condition and 1.
CellTensor random_tensor(std::size_t d, double condition) {
  const auto n = static_cast<Eigen::Index>(d);
  Eigen::MatrixXd m(n, n);
  for (Eigen::Index i = 0; i < n * n; ++i) m(i / n, i % n) = uniform(-1, 1) + (i / n == i % n ? 1e-3 : 0);
  const Eigen::MatrixXd Q = Eigen::HouseholderQR<Eigen::MatrixXd>(m).householderQ();
  Eigen::VectorXd values(n);
  for (Eigen::Index i = 0; i < n; ++i) values[i] = std::pow(condition, -uniform(0, 1));
  values[0] = 1;
  values[n - 1] = 1 / condition;
  const Eigen::MatrixXd a = Q * values.asDiagonal() * Q.transpose();
  CellTensor t{};
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j)
      t[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] = (a(i, j) + a(j, i)) / 2;
  return t;
}

double trace(const CellTensor& a, std::size_t d) {
  double sum = 0;
  for (std::size_t i = 0; i < d; ++i) sum += a[i][i];
  return sum;
}

/// Largest entry of the difference between the tensor and the sum of the terms.
double difference(const CellTensor& a, std::size_t d, const Decomposition& found) {
  double worst = 0;
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j < d; ++j) {
      long double rest = a[i][j];
      for (std::size_t k = 0; k < found.count; ++k)
        rest -= static_cast<long double>(found.terms[k].weight) * found.terms[k].offset[i] *
                found.terms[k].offset[j];
      worst = std::max(worst, static_cast<double>(std::abs(rest)));
    }
  return worst;
}

constexpr int unbounded = 1 << 20;

RC_GTEST_PROP(Selling, RestoresAnyTensorWithNonNegativeWeights, ()) {
  const auto d = static_cast<std::size_t>(*rc::gen::inRange(2, 4));
  const CellTensor a = random_tensor(d, std::pow(10.0, uniform(0, 6)));
  const Decomposition found = selling(a, d, unbounded);
  RC_ASSERT(found.positive);
  RC_ASSERT(found.count == d * (d + 1) / 2);
  for (std::size_t k = 0; k < found.count; ++k) RC_ASSERT(found.terms[k].weight >= 0);
  // Each weight is rounded once, and those of offset e by 1e-16 rho |e|^2, which sum to 1e-16 of the trace; what is set to
  // zero as rounding adds as much again.
  RC_ASSERT(difference(a, d, found) <= 4e-15 * trace(a, d));
}

RC_GTEST_PROP(Selling, KeepsToItsReachAndStillRestoresTheTensor, ()) {
  const auto d = static_cast<std::size_t>(*rc::gen::inRange(2, 4));
  const CellTensor a = random_tensor(d, std::pow(10.0, uniform(0, 6)));
  const int reach = *rc::gen::inRange(1, 8);
  const Decomposition found = selling(a, d, reach);
  std::size_t negative = 0;
  for (std::size_t k = 0; k < found.count; ++k) {
    for (const int e : found.terms[k].offset) RC_ASSERT(std::abs(e) <= reach);
    negative += found.terms[k].weight < 0 ? 1 : 0;
  }
  RC_ASSERT((negative == 0) == found.positive);
  if (d == 2) RC_ASSERT(negative <= 1U);
  RC_ASSERT(difference(a, d, found) <= 4e-15 * trace(a, d));
}

RC_GTEST_PROP(Selling, IsStableAsACentredSchemeWhateverTheSignsOfItsWeights, ()) {
  const auto d = static_cast<std::size_t>(*rc::gen::inRange(2, 4));
  const CellTensor a = random_tensor(d, std::pow(10.0, uniform(0, 6)));
  const Decomposition found = selling(a, d, *rc::gen::inRange(1, 4));
  const std::array<double, 3> k = {uniform(-3.2, 3.2), uniform(-3.2, 3.2), uniform(-3.2, 3.2)};
  double symbol = 0;
  for (std::size_t t = 0; t < found.count; ++t) {
    double phase = 0;
    for (std::size_t i = 0; i < d; ++i) phase += k[i] * found.terms[t].offset[i];
    symbol += found.terms[t].weight * std::pow(std::sin(phase / 2), 2);
  }
  RC_ASSERT(symbol >= -1e-14 * trace(a, d));
}

TEST(Selling, FindsTheDecompositionsDoneByHand) {
  // Diagonal: the axes. [[2, 1], [1, 2]] = (1,0) + (0,1) + (1,1) squared each. s s^T of s = (2, 1): its own offset.
  const auto weight = [](const Decomposition& found, std::array<int, 3> offset) {
    double sum = 0;
    for (std::size_t k = 0; k < found.count; ++k)
      if (found.terms[k].offset == offset) sum += found.terms[k].weight;
    return sum;
  };
  const auto diagonal = selling({{{3, 0, 0}, {0, 5, 0}, {0, 0, 7}}}, 3, 1);
  EXPECT_DOUBLE_EQ(weight(diagonal, {1, 0, 0}), 3);
  EXPECT_DOUBLE_EQ(weight(diagonal, {0, 1, 0}), 5);
  EXPECT_DOUBLE_EQ(weight(diagonal, {0, 0, 1}), 7);
  const auto mixed = selling({{{2, 1, 0}, {1, 2, 0}, {}}}, 2, 1);
  EXPECT_DOUBLE_EQ(weight(mixed, {1, 1, 0}), 1);
  EXPECT_DOUBLE_EQ(weight(mixed, {1, 0, 0}), 1);
  const auto opposed = selling({{{2, -1, 0}, {-1, 2, 0}, {}}}, 2, 1);
  EXPECT_DOUBLE_EQ(weight(opposed, {-1, 1, 0}), 1);
  EXPECT_DOUBLE_EQ(weight(opposed, {1, 1, 0}), 0);
  const auto rank_one = selling({{{4, 2, 0}, {2, 1, 0}, {}}}, 2, 2);
  EXPECT_TRUE(rank_one.positive);
  EXPECT_DOUBLE_EQ(weight(rank_one, {2, 1, 0}), 1);
}

}  // namespace
}  // namespace fpk::solvers
