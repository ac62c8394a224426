// Distances that compare cell by cell, against hand calculation and closed forms.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/verification/laws_for_tests.hpp"
#include "verification/distance/functions.hpp"

namespace fpk::verification {
namespace {

using testing::gaussian;
using testing::line;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double round_off = 1e-15;  // a few roundings of numbers of size one

TEST(CellwiseDistances, OfTwoShiftedUniformsAreTheHandCalculated) {
  // Uniform on [0, 2] against uniform on [1, 3].
  const auto part = line({0, 1, 2, 3});
  const std::vector<double> p{0.5, 0.5, 0}, q{0, 0.5, 0.5};
  EXPECT_NEAR(total_variation(part, p, q), 0.5, round_off);
  EXPECT_NEAR(hellinger(part, p, q), std::sqrt(0.5), round_off);
  EXPECT_EQ(relative_entropy(part, p, q), infinity);
  EXPECT_EQ(chi_squared(part, p, q), infinity);
}

TEST(CellwiseDistances, OfTwoCoinsAreTheHandCalculated) {
  const auto part = line({0, 1, 5});  // volumes do not matter to masses
  const std::vector<double> p{0.5, 0.5}, q{0.25, 0.75};
  EXPECT_NEAR(total_variation(part, p, q), 0.25, round_off);
  EXPECT_NEAR(hellinger(part, p, q), std::sqrt(1 - std::sqrt(0.125) - std::sqrt(0.375)), 10 * round_off);
  EXPECT_NEAR(relative_entropy(part, p, q), 0.5 * std::log(2.0) + 0.5 * std::log(2.0 / 3), round_off);
  EXPECT_NEAR(chi_squared(part, p, q), 1.0 / 4 + 1.0 / 12, round_off);
}

struct GaussianPair {
  double m1, s1, m2, s2;
};
class OfGaussians : public ::testing::TestWithParam<GaussianPair> {};

TEST_P(OfGaussians, ReachTheClosedFormsAtSecondOrder) {
  const auto [m1, s1, m2, s2] = GetParam();
  const auto part = line(-12, 12, 2400);
  const auto p = gaussian(part, {m1}, {s1}), q = gaussian(part, {m2}, {s2});
  const double h = 0.01, dm = m1 - m2, v1 = s1 * s1, v2 = s2 * s2;
  // Averaging ln(p/q) over a cell loses h^2/24 times the mean of its squared slope, which is below 24 here;
  // tails beyond 12 are below 1e-20.
  const double tolerance = h * h;
  EXPECT_NEAR(relative_entropy(part, p, q), std::log(s2 / s1) + (v1 + dm * dm) / (2 * v2) - 0.5, tolerance);
  const double affinity = std::sqrt(2 * s1 * s2 / (v1 + v2)) * std::exp(-0.25 * dm * dm / (v1 + v2));
  EXPECT_NEAR(hellinger(part, p, q) * hellinger(part, p, q), 1 - affinity, tolerance);
}
INSTANTIATE_TEST_SUITE_P(CellwiseDistances, OfGaussians,
                         ::testing::Values(GaussianPair{0.3, 0.8, -0.2, 1.1}, GaussianPair{0, 1, 0, 0.7},
                                           GaussianPair{-1, 0.9, 1.5, 0.9}));

TEST(CellwiseDistances, TotalVariationOfShiftedGaussiansReachesTheClosedForm) {
  const auto part = line(-12, 12, 2400);
  const double s = 0.9, dm = 0.7;
  const auto p = gaussian(part, {0.2}, {s}), q = gaussian(part, {0.2 + dm}, {s});
  // 2 Phi(dm / 2s) - 1. Only the cell where the densities cross loses anything: h^2 |p' - q'| / 2 at most.
  EXPECT_NEAR(total_variation(part, p, q), std::erf(dm / (2 * std::numbers::sqrt2 * s)), 1e-4);
}

TEST(CellwiseDistances, ChiSquaredOfShiftedGaussiansReachesTheClosedForm) {
  const auto part = line(-12, 12, 2400);
  const double s = 0.9, dm = 0.7;
  const auto p = gaussian(part, {0.2}, {s}), q = gaussian(part, {0.2 + dm}, {s});
  // exp(dm^2/s^2) - 1, less h^2/12 times the mean square slope of p/q: below h^2.
  EXPECT_NEAR(chi_squared(part, p, q), std::expm1(dm * dm / (s * s)), 1e-4);
}

TEST(CellwiseDistances, SeeADifferenceFarBelowTheSquareRootOfRoundOff) {
  // p is q (1 + d) and q (1 - d) on two halves: H^2 = d^2/8, KL = d^2/2, chi^2 = d^2; d^2 = 1e-20 is below
  // round-off.
  const auto part = line(0, 1, 2);
  const double d = 1e-10;
  const std::vector<double> p{0.5 * (1 + d), 0.5 * (1 - d)}, q{0.5, 0.5};
  // d is rounded to 1e-16 in p, a relative 1e-6.
  EXPECT_NEAR(hellinger(part, p, q), d / std::sqrt(8.0), 1e-5 * d);
  EXPECT_NEAR(chi_squared(part, p, q), d * d, 1e-5 * d * d);
  EXPECT_NEAR(relative_entropy(part, p, q), 0.5 * d * d, 1e-5 * d * d);
}

TEST(CellwiseDistances, AreInfiniteOnlyWhereMassMeetsNone) {
  const auto part = line(0, 1, 2);
  const std::vector<double> whole{0.5, 0.5}, half{1, 0};
  EXPECT_EQ(relative_entropy(part, whole, half), infinity);
  EXPECT_EQ(chi_squared(part, whole, half), infinity);
  EXPECT_NEAR(relative_entropy(part, half, whole), std::log(2.0), round_off);
  EXPECT_NEAR(chi_squared(part, half, whole), 1.0, round_off);
  EXPECT_EQ(relative_entropy(part, half, half), 0);
  EXPECT_EQ(chi_squared(part, half, half), 0);
}

TEST(CellwiseDistances, StayFiniteWhereAQuotientOfMassesOverflows) {
  const auto part = line(0, 1, 2);
  const std::vector<double> p{0.5, 0.5}, q{1e-310, 1};
  EXPECT_NEAR(relative_entropy(part, p, q),
              0.5 * (std::log(0.5) + 310 * std::log(10.0)) + 0.5 * std::log(0.5),
              1e-12);  // logarithms of size 700, rounded
}

TEST(CellwiseDistances, CountNegativeRoundOffAsNoMass) {
  const auto part = line(0, 1, 3);
  const std::vector<double> p{0.5, 0.5, -1e-17}, q{0.25, 0.75, -1e-18}, p0{0.5, 0.5, 0}, q0{0.25, 0.75, 0};
  for (auto* distance : {hellinger, relative_entropy, chi_squared})
    EXPECT_EQ(distance(part, p, q), distance(part, p0, q0));
}

TEST(CellwiseDistances, CompareSubProbabilitiesAsTheyAre) {
  const auto part = line(0, 1, 2);
  const std::vector<double> p{0.5, 0.5}, q{0.25, 0.25};
  EXPECT_NEAR(total_variation(part, p, q), 0.25, round_off);
  EXPECT_NEAR(hellinger(part, p, q), std::sqrt(0.5) - 0.5, round_off);
  EXPECT_NEAR(relative_entropy(part, p, q), std::log(2.0) - 1 + 0.5, round_off);
  EXPECT_NEAR(relative_entropy(part, q, p), 0.5 * std::log(0.5) - 0.5 + 1, round_off);
}

TEST(CellwiseDistances, RefuseMassesOfAnotherPart) {
  const auto part = line(0, 1, 3);
  const std::vector<double> p(3, 1.0 / 3), q(2, 0.5);
  for (const auto& distance : distances())
    EXPECT_THROW((void)distance.evaluate(part, p, q), std::invalid_argument);
}

}  // namespace
}  // namespace fpk::verification
