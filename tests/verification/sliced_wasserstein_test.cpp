// Sliced Wasserstein distances against the projections of Gaussian laws.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/verification/laws_for_tests.hpp"
#include "verification/distance/functions.hpp"
#include "verification/distance/projection.hpp"

namespace fpk::verification {
namespace {

using testing::gaussian;

law::GridPart plane(std::size_t cells) {
  return law::GridPart(law::Grid({law::Axis("x", -6, 6, cells), law::Axis("y", -6, 6, cells)}));
}

double dot(const law::Point& a, const law::Point& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }

TEST(SlicedWasserstein, DirectionsAreUnitVectorsWithoutABias) {
  for (const std::size_t d : {2U, 3U}) {
    const auto thetas = directions(d);
    EXPECT_EQ(thetas.size(), d == 2 ? 16 : 24);
    const auto count = static_cast<double>(thetas.size());
    for (std::size_t a = 0; a < d; ++a) {
      double square = 0;
      for (const auto& theta : thetas) square += theta[a] * theta[a] / count;
      // The mean of theta theta^T is I/d: exact for equal angles; 24 spiral points err by about 1/24.
      EXPECT_NEAR(square, 1.0 / static_cast<double>(d), d == 2 ? 1e-15 : 0.02);
    }
    for (const auto& theta : thetas) EXPECT_NEAR(dot(theta, theta), 1, 1e-15);
  }
}

TEST(SlicedWasserstein, AProjectedCellIsUniformWithItsOwnMeanAndVariance) {
  // One cell of widths 0.3 and 0.5 about (0.55, 1.25): along (0.6, 0.8) a width of hypot(0.18, 0.4)
  // about 1.33.
  const law::GridPart part(law::Grid({law::Axis("x", {0, 0.4, 0.7, 2}), law::Axis("y", {0, 1, 1.5, 2})}));
  std::vector<double> p(9, 0.0), q(9, 0.0);
  p[4] = 1;
  q[0] = 1;
  const auto laws = projected_pair(part, p, q, {0.6, 0.8, 0});
  const double centre = 1.33, width = std::hypot(0.18, 0.4);
  ASSERT_EQ(laws.edges.size(), projection_bins + 1);
  const double bin = 2.8 / static_cast<double>(projection_bins);
  double mean = 0;
  for (std::size_t b = 0; b < laws.edges.size(); ++b) {
    const double x = laws.edges[b];
    EXPECT_NEAR(laws.F[b], std::clamp((x - centre) / width + 0.5, 0.0, 1.0), 1e-12);  // a thousand sums
    if (b > 0) mean += (laws.F[b] - laws.F[b - 1]) * 0.5 * (x + laws.edges[b - 1]);
  }
  EXPECT_NEAR(mean, centre,
              bin * bin / width);  // two partly filled bins, each bin / width of the mass, half a bin off
}

TEST(SlicedWasserstein, OfMovedGaussiansIsTheMeanProjectedMove) {
  const auto part = plane(120);
  const law::Point from{-0.4, 0.3, 0}, to{0.5, 0.9, 0}, move{0.9, 0.6, 0};
  const auto p = gaussian(part, from, {0.7, 1.1, 0}), q = gaussian(part, to, {0.7, 1.1, 0});
  double mean = 0;
  for (const auto& theta : directions(2)) mean += std::abs(dot(move, theta)) / 16;
  // Smooth laws smoothed alike: second order in the cells (0.1) and in the bins (0.017 at most).
  EXPECT_NEAR(sliced_wasserstein_1(part, p, q), mean, 0.1 * 0.1 * 0.1);
  EXPECT_NEAR(sliced_wasserstein_2(part, p, q), std::sqrt(0.5 * dot(move, move)), 0.1 * 0.1 * 0.1);
  // The mean over all directions is 2 |move| / pi; 16 leave out (pi/16)^2/12 of the kink of |cos|, below 1 %.
  EXPECT_NEAR(sliced_wasserstein_1(part, p, q), 2 / std::numbers::pi * std::sqrt(dot(move, move)), 0.01);
}

TEST(SlicedWasserstein, InSpaceIsTheMeanProjectedMove) {
  const law::GridPart part(
      law::Grid({law::Axis("x", -4, 4, 32), law::Axis("y", -4, 4, 32), law::Axis("z", -4, 4, 32)}));
  const law::Point from{-0.3, 0.2, 0.1}, to{0.4, 0.3, -0.5}, move{0.7, 0.1, -0.6};
  const auto p = gaussian(part, from, {0.6, 0.7, 0.6}), q = gaussian(part, to, {0.6, 0.7, 0.6});
  double mean = 0, square = 0;
  for (const auto& theta : directions(3)) {
    mean += std::abs(dot(move, theta)) / 24;
    square += std::pow(dot(move, theta), 2) / 24;
  }
  // Second order in the cells (0.25), with the constant 1/10 of the test above.
  EXPECT_NEAR(sliced_wasserstein_1(part, p, q), mean, 0.1 * 0.25 * 0.25);
  EXPECT_NEAR(sliced_wasserstein_2(part, p, q), std::sqrt(square), 0.1 * 0.25 * 0.25);
}

/// Gaussian with unit variances and correlation rho. Point values times volumes: exact to round-off for cells
/// this much smaller than the law (the trapezoidal rule for analytic functions), up to the averaging over a
/// cell.
std::vector<double> correlated(const law::GridPart& part, double rho) {
  std::vector<double> masses(part.size());
  for (std::size_t c = 0; c < masses.size(); ++c) {
    const auto x = part.grid().center(part.index(c));
    masses[c] = part.volume(c) *
                std::exp(-0.5 * (x[0] * x[0] - 2 * rho * x[0] * x[1] + x[1] * x[1]) / (1 - rho * rho)) /
                (2 * std::numbers::pi * std::sqrt(1 - rho * rho));
  }
  return masses;
}

TEST(SlicedWasserstein, SeesCorrelationsThatMarginalsHide) {
  const auto part = plane(120);
  const double rho = 0.5, h = 0.1;
  const auto p = correlated(part, rho), q = correlated(part, -rho);
  EXPECT_LT(wasserstein_2(part, p, q), 1e-6);  // marginals equal to round-off: sqrt(1e-16) x 12
  double square = 0;
  for (const auto& theta : directions(2)) {
    const double cross = 2 * rho * theta[0] * theta[1];
    square += std::pow(std::sqrt(1 + cross) - std::sqrt(1 - cross), 2) / 16;
  }
  EXPECT_GT(square, 0.1);
  EXPECT_NEAR(sliced_wasserstein_2(part, p, q), std::sqrt(square), h * h);
}

TEST(SlicedWasserstein, ConvergesAtSecondOrderInTheCells) {
  const law::Point from{-0.4, 0.3, 0}, to{0.5, 0.9, 0};
  const auto error = [&](std::size_t cells) {
    const auto part = plane(cells);
    const auto p = gaussian(part, from, {0.7, 0.7, 0}), q = gaussian(part, to, {1.2, 1.2, 0});
    double square = 0;  // projections of round Gaussians are Gaussian with the same deviation
    for (const auto& theta : directions(2))
      square += std::pow(0.9 * theta[0] + 0.6 * theta[1], 2) / 16 + 0.25 / 16;
    return std::abs(sliced_wasserstein_2(part, p, q) - std::sqrt(square));
  };
  const double coarse = error(20), fine = error(40);
  EXPECT_GT(coarse, 1e-4);        // there is something to converge
  EXPECT_LT(fine, coarse / 3.4);  // a quarter, and higher orders
}

TEST(SlicedWasserstein, OfTwoCellsIsTheirDistanceSeenFromAllSides) {
  // One full cell against another at (3, 4) cells: each direction sees a pure move.
  const law::GridPart part(law::Grid({law::Axis("x", 0, 10, 10), law::Axis("y", 0, 5, 5)}));
  std::vector<double> p(part.size(), 0.0), q(part.size(), 0.0);
  p[part.grid().flat({2, 0, 0})] = 1;
  q[part.grid().flat({5, 4, 0})] = 1;
  // Sharing among bins may move an end of a cell by one bin: sqrt(125)/1024.
  EXPECT_NEAR(sliced_wasserstein_2(part, p, q), 5 / std::sqrt(2.0), 0.011);
}

}  // namespace
}  // namespace fpk::verification
