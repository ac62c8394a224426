// Kolmogorov-Smirnov and Wasserstein distances, against hand calculation and closed forms.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/verification/laws_for_tests.hpp"
#include "verification/distance/functions.hpp"

namespace fpk::verification {
namespace {

using testing::gaussian;
using testing::line;
using testing::Random;
using testing::rough_law;

constexpr double round_off = 1e-14;  // sums of a few hundred numbers of size one

TEST(LineDistances, OfDisjointUniformsOnUnequalCellsAreTheHandCalculated) {
  // Uniform on [0, 1] against uniform on [1, 3]: the quantiles are u and 1 + 2u.
  const auto part = line({0, 1, 3});
  const std::vector<double> p{1, 0}, q{0, 1};
  EXPECT_NEAR(kolmogorov_smirnov(part, p, q), 1, round_off);
  EXPECT_NEAR(wasserstein_1(part, p, q), 1.5, round_off);
  EXPECT_NEAR(wasserstein_2(part, p, q), std::sqrt(7.0 / 3), round_off);
}

TEST(LineDistances, Wasserstein1FindsTheCrossingInsideACell) {
  // F - G is 1/4, then -1/4: the middle cell holds two triangles, where trapezia would give 1/2 in all.
  const auto part = line({0, 1, 2, 3});
  EXPECT_NEAR(wasserstein_1(part, std::vector{0.5, 0.0, 0.5}, std::vector{0.25, 0.5, 0.25}), 0.375,
              round_off);
  // Unequal legs: F - G runs from 1/5 to -3/5 in a cell of width 2: areas 1/20 and 9/20; outside 1/10 and
  // 3/10.
  const auto wide = line({0, 1, 3, 4});
  EXPECT_NEAR(wasserstein_1(wide, std::vector{0.3, 0.0, 0.7}, std::vector{0.1, 0.8, 0.1}), 0.1 + 0.5 + 0.3,
              round_off);
}

TEST(LineDistances, PassOverAGapOfMass) {
  // [0, 1] and [2, 3] with half the mass each, against [1, 2]: quantiles 2u, 1 + 2u and 1 + u.
  const auto part = line({0, 1, 2, 3});
  const std::vector<double> p{0.5, 0, 0.5}, q{0, 1, 0};
  EXPECT_NEAR(wasserstein_1(part, p, q), 0.75, round_off);
  EXPECT_NEAR(wasserstein_2(part, p, q), std::sqrt(7.0 / 12), round_off);
  EXPECT_NEAR(kolmogorov_smirnov(part, p, q), 0.5, round_off);
}

TEST(LineDistances, OfGaussiansReachTheClosedFormsAtSecondOrder) {
  const auto part = line(-12, 12, 2400);
  const double m1 = 0.3, s1 = 0.8, m2 = -0.2, s2 = 1.1, h = 0.01;
  const auto p = gaussian(part, {m1}, {s1}), q = gaussian(part, {m2}, {s2});
  // A constant density in a cell moves its mass by h^2/8 times the slope of ln p at most, of order one where
  // mass is.
  EXPECT_NEAR(wasserstein_2(part, p, q), std::hypot(m1 - m2, s1 - s2), h * h);
}

TEST(LineDistances, Wasserstein1OfLawsWithoutStochasticOrderIsNotTheDifferenceOfMeans) {
  const auto part = line(-12, 12, 2400);
  const double m1 = 0.3, s1 = 0.8, m2 = -0.2, s2 = 1.1, h = 0.01;
  // |m1 - m2 + (s1 - s2) Z| on average: the folded normal law.
  const double m = m1 - m2, s = std::abs(s1 - s2);
  const double folded = s * std::sqrt(2 / std::numbers::pi) * std::exp(-0.5 * m * m / (s * s)) +
                        m * std::erf(m / (s * std::numbers::sqrt2));
  EXPECT_GT(folded, m + 10 * h * h);
  EXPECT_NEAR(wasserstein_1(part, gaussian(part, {m1}, {s1}), gaussian(part, {m2}, {s2})), folded, h * h);
  // Equal means, so that a difference of means would see nothing.
  EXPECT_NEAR(wasserstein_1(part, gaussian(part, {0.1}, {0.5}), gaussian(part, {0.1}, {1.25})),
              0.75 * std::sqrt(2 / std::numbers::pi), h * h);
}

TEST(LineDistances, KolmogorovSmirnovOfShiftedGaussiansReachesTheClosedForm) {
  const auto part = line(-12, 12, 2400);
  const double s = 0.9, dm = 0.7, h = 0.01;
  // 2 Phi(dm / 2s) - 1, half-way between the means. The nearest edge is within h/2 of it, where F - G is
  // lower by (h/2)^2 |p' - q'| / 2 < h^2/4.
  EXPECT_NEAR(kolmogorov_smirnov(part, gaussian(part, {0.2}, {s}), gaussian(part, {0.2 + dm}, {s})),
              std::erf(dm / (2 * std::numbers::sqrt2 * s)), 0.25 * h * h);
}

TEST(LineDistances, WassersteinOfALawMovedByWholeCellsIsTheMove) {
  Random random(1);
  const std::size_t cells = 60, shift = 17;
  const auto part = line(0, 6, cells);
  for (int repeat = 0; repeat < 20; ++repeat) {
    const auto law = rough_law(cells - shift, random, 0.3);
    std::vector<double> p(cells, 0.0), q(cells, 0.0);
    std::copy(law.begin(), law.end(), p.begin());
    std::copy(law.begin(), law.end(), q.begin() + shift);
    EXPECT_NEAR(wasserstein_1(part, p, q), 1.7, round_off);
    // The two sums of F are rounded alike, so no mass is misplaced.
    EXPECT_NEAR(wasserstein_2(part, p, q), 1.7, round_off);
  }
}

TEST(LineDistances, Wasserstein2AgreesWithSummedQuantiles) {
  Random random(2);
  const auto part = line({0, 0.1, 0.5, 0.6, 1.4, 2, 2.1});
  for (int repeat = 0; repeat < 10; ++repeat) {
    const auto p = rough_law(6, random, 0.3), q = rough_law(6, random, 0.3);
    const auto quantile = [&](const std::vector<double>& masses, double u) {
      std::size_t c = 0;
      while (c + 1 < masses.size() && u >= masses[c]) u -= masses[c++];
      return part.grid().axis(0).edge(c) + std::min(u / masses[c], 1.0) * part.grid().axis(0).width(c);
    };
    const int n = 200000;
    double square = 0;
    for (int k = 0; k < n; ++k) {
      const double u = (k + 0.5) / n, d = quantile(p, u) - quantile(q, u);
      square += d * d / n;
    }
    // The midpoint rule errs by 1/n times the squared jumps of the integrand, each below 2.1^2, at most 12 of
    // them.
    EXPECT_NEAR(std::pow(wasserstein_2(part, p, q), 2), square, 12 * 2.1 * 2.1 / n);
  }
}

TEST(LineDistances, TakeTheWorstAxis) {
  const law::GridPart part(
      law::Grid({law::Axis("x", 0, 4, 4), law::Axis("y", 0, 4, 4), law::Axis("z", 0, 4, 4)}));
  const auto point_at = [&](std::size_t i, std::size_t j, std::size_t k) {
    std::vector<double> masses(part.size(), 0.0);
    masses[part.grid().flat({i, j, k})] = 1;
    return masses;
  };
  EXPECT_NEAR(wasserstein_1(part, point_at(0, 1, 2), point_at(1, 3, 3)), 2, round_off);
  EXPECT_NEAR(wasserstein_2(part, point_at(0, 1, 2), point_at(1, 1, 3)), 1, round_off);
  EXPECT_NEAR(wasserstein_1(part, point_at(0, 1, 0), point_at(0, 1, 3)), 3, round_off);
}

TEST(LineDistances, ScaleSubProbabilitiesToMassOne) {
  Random random(3);
  const auto part = line(0, 1, 30);
  const auto p = rough_law(30, random), q = rough_law(30, random);
  auto survivors = q;
  for (double& m : survivors) m *= 0.125;  // a power of two, so that scaling rounds nothing
  for (auto* distance : {static_cast<double (*)(const law::GridPart&, Masses, Masses)>(kolmogorov_smirnov),
                         static_cast<double (*)(const law::GridPart&, Masses, Masses)>(wasserstein_1),
                         static_cast<double (*)(const law::GridPart&, Masses, Masses)>(wasserstein_2),
                         sliced_wasserstein_1, sliced_wasserstein_2})
    EXPECT_EQ(distance(part, p, survivors), distance(part, p, q));
}

TEST(LineDistances, CountNegativeMassesAsNone) {
  const auto part = line({0, 1, 2, 3});
  const std::vector<double> p{0.5, -0.01, 0.5}, p0{0.5, 0, 0.5}, q{0, 1, 0};
  std::size_t checked = 0;
  for (const auto& distance : distances().subspan(4)) {
    EXPECT_EQ(distance.evaluate(part, p, q), distance.evaluate(part, p0, q)) << distance.name;
    ++checked;
  }
  EXPECT_EQ(checked, 5);
}

TEST(LineDistances, AreInfiniteWhereOnlyOneLawHasMassAndZeroWhereNeitherHas) {
  const law::GridPart plane(law::Grid({law::Axis("x", 0, 1, 3), law::Axis("y", 0, 1, 3)}));
  const std::vector<double> none(9, 0.0), some(9, 0.1);
  std::size_t checked = 0;
  for (const auto& distance : distances().subspan(4)) {
    EXPECT_EQ(distance.evaluate(plane, some, none), std::numeric_limits<double>::infinity()) << distance.name;
    EXPECT_EQ(distance.evaluate(plane, none, none), 0) << distance.name;
    ++checked;
  }
  EXPECT_EQ(checked, 5);
}

}  // namespace
}  // namespace fpk::verification
