// Interpolation on panels of Chebyshev points.
#include "verification/operator/panels.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>

namespace {

using namespace fpk;
using verification::Extent;
using verification::PanelGrid;

double value_at(const PanelGrid& grid, const std::function<double(const law::Point&)>& f,
                const law::Point& x) {
  std::vector<double> row(grid.size(), 0.0);
  grid.add_weights(x, 1, row.data());
  double sum = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) sum += row[i] * f(grid.point(i));
  return sum;
}

RC_GTEST_PROP(Panels, ReproducePolynomialsOfDegreeElevenInEveryPlace, ()) {
  const auto panels = *rc::gen::inRange<std::size_t>(1, 7);
  const double s = *rc::gen::inRange(0, 1001) / 1000.0;
  const PanelGrid grid({1, {-1.5}, {2.0}}, panels);
  const auto f = [](const law::Point& x) { return std::pow(x[0] - 0.3, 11) - 2 * std::pow(x[0], 4) + 1; };
  const law::Point x{-1.5 + 3.5 * s};
  // Lebesgue's constant of 12 points is 2.5; values reach 1.7^11 = 340.
  RC_ASSERT(std::abs(value_at(grid, f, x) - f(x)) < 340 * 2.5 * 12 * 2.2e-16);
}

TEST(Panels, ConvergeWithTheTwelfthPowerOfTheirLength) {
  const auto f = [](const law::Point& x) { return std::sin(5 * x[0] + 1); };
  const auto largest = [&](std::size_t panels) {
    const PanelGrid grid({1, {0}, {4}}, panels);
    double error = 0;
    for (int k = 0; k <= 500; ++k) {
      const law::Point x{4 * k / 500.0};
      error = std::max(error, std::abs(value_at(grid, f, x) - f(x)));
    }
    return error;
  };
  EXPECT_NEAR(std::log2(largest(4) / largest(8)), 12, 0.5);  // a finite ladder, errors sampled at 500 points
}

TEST(Panels, AreProductsOfTheirAxes) {
  const PanelGrid grid({2, {-1, 0}, {1, 3}}, 3);
  EXPECT_EQ(grid.size(), 34U * 34U);
  const auto f = [](const law::Point& x) { return std::exp(x[0] - 0.5 * x[1]) + x[0] * x[1] * x[1]; };
  for (const law::Point& x : {law::Point{0.123, 2.9}, law::Point{-1, 3}, law::Point{0.99, 0.01}})
    EXPECT_NEAR(value_at(grid, f, x), f(x), 1e-12);  // (length / 2)^12 / 12! of a function of size 10
  const auto y = grid.nearest({1.5, -2});            // half a panel beyond the box
  EXPECT_DOUBLE_EQ(y[0], 1 + 1.0 / 3);
  EXPECT_DOUBLE_EQ(y[1], -0.5);
}

}  // namespace
