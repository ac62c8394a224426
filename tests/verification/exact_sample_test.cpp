// The exact sample follows its law, fills the mass, and does not depend on how the grid is shared.
#include "verification/exact_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/verification/laws_for_tests.hpp"
#include "verification/distance/functions.hpp"
#include "verification/mean_agreement.hpp"

namespace fpk::verification {
namespace {

using testing::gaussian;
using testing::line;
using testing::Random;
using testing::rough_law;

TEST(ExactSample, OfEvenQuantilesHasTheCountsToOnePoint) {
  Random random(31);
  const auto part = line(0, 1, 100);
  const auto q = rough_law(100, random, 0.3);
  const std::int64_t n = 20000;
  const auto masses =
      exact_sample_masses(part, q, n, [](std::int64_t i) { return (static_cast<double>(i) + 0.5) / 20000; });
  for (std::size_t c = 0; c < 100; ++c) {
    // Two ends of the cell's interval of quantiles, each half a spacing off at most.
    EXPECT_NEAR(masses[c], q[c], 1.0001 / static_cast<double>(n));
    if (q[c] == 0) {
      EXPECT_EQ(masses[c], 0);
    }
  }
}

TEST(ExactSample, SumsToTheMassOfTheLaw) {
  const auto part = line(0, 1, 4);
  Random random(32);
  const auto masses = exact_sample_masses(part, std::vector{0.1, 0.2, -1e-18, 0.3}, 1000,
                                          [&](std::int64_t) { return random.uniform(); });
  EXPECT_NEAR(std::accumulate(masses.begin(), masses.end(), 0.0), 0.6, 1e-15);
  EXPECT_EQ(masses[2], 0);
}

TEST(ExactSample, TakesTheEndsOfTheUnitInterval) {
  const auto part = line(0, 1, 4);
  const std::vector<double> q{0, 0.1, 0.7, 0};
  const auto low = exact_sample_masses(part, q, 1, [](std::int64_t) { return 0.0; });
  const auto high = exact_sample_masses(part, q, 1, [](std::int64_t) { return 1 - 0x1p-53; });
  EXPECT_GT(low[1], 0);
  EXPECT_GT(high[2], 0);
}

TEST(ExactSample, OfALawWithoutMassIsEmptyAndNoPointsAreRefused) {
  const auto part = line(0, 1, 2);
  const auto half = [](std::int64_t) { return 0.5; };
  EXPECT_EQ(exact_sample_masses(part, std::vector{0.0, 0.0}, 10, half), (std::vector{0.0, 0.0}));
  EXPECT_THROW((void)exact_sample_masses(part, std::vector{0.5, 0.5}, 0, half), std::invalid_argument);
  EXPECT_THROW((void)exact_sample_masses(part, std::vector{0.5}, 1, half), std::invalid_argument);
}

TEST(ExactSample, HasUniformPValuesAgainstItsOwnLaw) {
  const auto part = line(-5, 5, 80);
  const auto q = gaussian(part, {0.3}, {0.8});
  Random random(33);
  const int samples = 300;
  double mean = 0, below_tenth = 0;
  for (int k = 0; k < samples; ++k) {
    const auto p = exact_sample_masses(part, q, 4000, [&](std::int64_t) { return random.uniform(); });
    const auto fit = chi_squared_homogeneity(part, p, 4000, q);
    EXPECT_GT(fit.degrees_of_freedom, 30);
    mean += fit.p_value / samples;
    below_tenth += fit.p_value < 0.1 ? 1.0 / samples : 0;
  }
  // Standard errors of 300 uniform numbers, four of them: a false alarm in 16000 for each.
  EXPECT_NEAR(mean, 0.5, 4 * std::sqrt(1.0 / 12 / samples));
  EXPECT_NEAR(below_tenth, 0.1, 4 * std::sqrt(0.09 / samples));
}

TEST(ExactSample, HasTheKnownBiasOfChiSquared) {
  // E chi^2 = (cells - 1) / n, exactly, whatever the law; its variance is near 2 (cells - 1) / n^2.
  const auto part = line(0, 1, 50);
  Random random(35);
  std::vector<double> q(50);
  for (std::size_t c = 0; c < 50; ++c) q[c] = (1 + static_cast<double>(c)) / 1275;
  const int samples = 400;
  double mean = 0;
  for (int k = 0; k < samples; ++k)
    mean += chi_squared(
        part, exact_sample_masses(part, q, 5000, [&](std::int64_t) { return random.uniform(); }), q);
  // Four standard errors.
  EXPECT_NEAR(mean / samples, 49.0 / 5000, 4 * std::sqrt(2 * 49.0 / samples) / 5000);
}

TEST(ExactSample, SetsTheScaleOfAnEmpiricalDistance) {
  // E W1 of the empirical law of n points is about 1.13 sd / sqrt(n) for a Gaussian (del Barrio, Gine, Matran
  // 1999): the integral of sqrt(2 F (1 - F) / (pi n)).
  const auto part = line(-6, 6, 600);
  const auto q = gaussian(part, {0}, {1});
  double expected = 0, F = 0;
  const std::int64_t n = 10000;
  for (const double m : q) {
    F += m;
    expected += 0.02 * std::sqrt(2 * F * std::max(0.0, 1 - F) / (std::numbers::pi * static_cast<double>(n)));
  }
  Random random(34);
  double mean = 0;
  for (int k = 0; k < 100; ++k)
    mean += wasserstein_1(
                part, exact_sample_masses(part, q, n, [&](std::int64_t) { return random.uniform(); }), q) /
            100;
  // W1 has a relative deviation of about 0.4 (Brownian bridge): four standard errors of 100 of them.
  EXPECT_NEAR(mean, expected, 4 * 0.4 / 10 * expected);
}

// Under mpirun this compares parts with the whole; alone it says little.
TEST(ExactSample, DoesNotDependOnTheNumberOfProcesses) {
  const law::Grid grid({law::Axis("x", -4, 4, 12), law::Axis("y", -4, 4, 31)});
  const law::GridPart whole(grid), part(grid, parallel::Communicator::world());
  const std::int64_t n = 50000;
  const auto uniform = [](std::int64_t i) { return Random(static_cast<std::uint64_t>(i)).uniform(); };
  const auto alone = exact_sample_masses(whole, gaussian(whole, {0.2, -0.4, 0}, {1, 0.7, 0}), n, uniform);
  const auto shared = exact_sample_masses(part, gaussian(part, {0.2, -0.4, 0}, {1, 0.7, 0}), n, uniform);
  const auto gathered = part.processes().concatenate(shared);
  ASSERT_EQ(gathered.size(), alone.size());
  for (std::size_t c = 0; c < alone.size(); ++c)
    EXPECT_NEAR(gathered[c], alone[c], 1e-13);  // far less than one point: masses of counts, rounded
}

}  // namespace
}  // namespace fpk::verification
