// What every distance, or every pair of them, must keep for any laws at all.
#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "tests/verification/laws_for_tests.hpp"
#include "verification/distance/functions.hpp"

namespace fpk::verification {
namespace {

using testing::line;
using testing::Random;
using testing::rough_law;

law::GridPart plane() {
  return law::GridPart(law::Grid({law::Axis("x", {0, 0.1, 0.7, 1, 1.5, 3}), law::Axis("y", -1, 1, 6)}));
}

TEST(Distances, HaveTheNamesOfTheReports) {
  const char* expected[] = {
      "total_variation", "hellinger",     "relative_entropy",     "chi_squared",         "kolmogorov_smirnov",
      "wasserstein_1",   "wasserstein_2", "sliced_wasserstein_1", "sliced_wasserstein_2"};
  ASSERT_EQ(distances().size(), std::size(expected));
  for (std::size_t d = 0; d < std::size(expected); ++d) {
    EXPECT_EQ(distances()[d].name, expected[d]);
    EXPECT_FALSE(distances()[d].label.empty());
    EXPECT_FALSE(distances()[d].definition.empty());
  }
}

TEST(Distances, OfALawToItselfAreZeroAndToAnotherPositive) {
  Random random(11);
  const auto part = plane();
  for (int repeat = 0; repeat < 20; ++repeat) {
    const auto p = rough_law(part.size(), random, 0.2), q = rough_law(part.size(), random);
    for (const auto& distance : distances()) {
      EXPECT_EQ(distance.evaluate(part, p, p), 0) << distance.name;
      EXPECT_GT(distance.evaluate(part, p, q), 1e-3) << distance.name;
    }
  }
}

TEST(Distances, AreSymmetricButForTheTwoDivergences) {
  Random random(12);
  const auto part = plane();
  const std::set<std::string_view> divergences{"relative_entropy", "chi_squared"};
  const auto p = rough_law(part.size(), random), q = rough_law(part.size(), random);
  for (const auto& distance : distances()) {
    const double there = distance.evaluate(part, p, q), back = distance.evaluate(part, q, p);
    if (divergences.count(distance.name) != 0)
      EXPECT_GT(std::abs(there - back), 1e-3) << distance.name;
    else
      EXPECT_EQ(there, back) << distance.name;  // the same operations, but for signs
  }
}

TEST(Distances, KeepTheTriangleInequalityWhereTheyAreMetrics) {
  Random random(13);
  const auto part = plane();
  const std::set<std::string_view> divergences{"relative_entropy", "chi_squared"};
  std::size_t checked = 0;
  for (int repeat = 0; repeat < 50; ++repeat) {
    const auto p = rough_law(part.size(), random, 0.3), q = rough_law(part.size(), random, 0.3),
               r = rough_law(part.size(), random, 0.3);
    for (const auto& distance : distances()) {
      if (divergences.count(distance.name) != 0) continue;
      ++checked;
      EXPECT_LE(distance.evaluate(part, p, r),
                distance.evaluate(part, p, q) + distance.evaluate(part, q, r) + 1e-14)  // round-off
          << distance.name;
    }
  }
  EXPECT_EQ(checked, 50 * 7);
}

TEST(Distances, KeepTheInequalitiesBetweenThem) {
  Random random(14);
  const double round_off = 1e-13;  // chi^2 and its relatives reach hundreds here
  const std::size_t cells = 40;
  const auto part = line(0, 2, cells);
  for (int repeat = 0; repeat < 500; ++repeat) {
    auto p = rough_law(cells, random, 0.3);
    const auto q = rough_law(cells, random);
    const double closeness = random.uniform();  // far and near laws
    for (std::size_t c = 0; c < cells; ++c) p[c] = closeness * q[c] + (1 - closeness) * p[c];
    const double tv = total_variation(part, p, q), h = hellinger(part, p, q),
                 kl = relative_entropy(part, p, q), chi2 = chi_squared(part, p, q),
                 ks = kolmogorov_smirnov(part, p, q), w1 = wasserstein_1(part, p, q),
                 w2 = wasserstein_2(part, p, q);
    EXPECT_LE(tv, std::sqrt(0.5 * kl) + round_off);  // Pinsker
    EXPECT_LE(h * h, tv + round_off);                // Le Cam
    EXPECT_LE(tv, std::numbers::sqrt2 * h + round_off);
    EXPECT_LE(2 * h * h, kl + round_off);
    EXPECT_LE(kl, std::log1p(chi2) + round_off);
    EXPECT_LE(ks, tv + round_off);
    EXPECT_LE(w1, w2 + round_off);
    EXPECT_LE(w1, 2.0 * ks + round_off);  // the length of the line times the largest difference
    EXPECT_LE(w2 * w2, 2.0 * w1 + round_off);
  }
}

TEST(Distances, OnALineSlicedAndPlainAreTheSame) {
  Random random(15);
  const auto part = line(0, 1, 20);
  const auto p = rough_law(20, random), q = rough_law(20, random);
  EXPECT_EQ(sliced_wasserstein_1(part, p, q), wasserstein_1(part, p, q));
  EXPECT_EQ(sliced_wasserstein_2(part, p, q), wasserstein_2(part, p, q));
}

// Under mpirun this compares parts with the whole; alone it says little.
TEST(Distances, DoNotDependOnTheNumberOfProcesses) {
  Random random(16);
  const law::Grid grid({law::Axis("x", 0, 1, 7), law::Axis("y", 0, 2, 23)});
  const law::GridPart whole(grid), part(grid, parallel::Communicator::world());
  const auto p = rough_law(grid.size(), random), q = rough_law(grid.size(), random);
  const auto mine = [&](const std::vector<double>& masses) {
    return Masses(masses).subspan(part.first(), part.size());
  };
  for (const auto& distance : distances())
    EXPECT_NEAR(distance.evaluate(part, mine(p), mine(q)), distance.evaluate(whole, p, q),
                1e-12 * distance.evaluate(whole, p, q))  // sums in another order
        << distance.name;
}

}  // namespace
}  // namespace fpk::verification
