// The agreement of means keeps its budget of false alarms and misses no real difference.
#include "verification/mean_agreement.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/verification/laws_for_tests.hpp"
#include "verification/exact_sample.hpp"

namespace fpk::verification {
namespace {

using testing::gaussian;
using testing::line;
using testing::Random;

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(MeanAgreement, StandardisesWhatExceedsTheBiasAllowance) {
  EXPECT_NEAR(standardised_difference({1.3, 0.1, 1.0, 0.0}), 3, 1e-10);  // less round-off of 1e-12 over 0.1
  EXPECT_NEAR(standardised_difference({0.7, 0.1, 1.0, 0.1}), 2, 1e-10);
  EXPECT_EQ(standardised_difference({1.05, 0.1, 1.0, 0.1}), 0);
}

TEST(MeanAgreement, AddsTheErrorOfTheAllowanceInSquares) {
  EXPECT_NEAR(standardised_difference({1.6, 0.3, 1.0, 0.1, 0.4}), 1,
              1e-10);  // 3-4-5: 0.5 beyond 0.1 over 0.5
  EXPECT_EQ(standardised_difference({1.6, 0.3, 1.0, 0.1, infinity}), infinity);
}

TEST(MeanAgreement, WithoutASpreadOnlyRoundOffIsForgiven) {
  EXPECT_EQ(standardised_difference({1 + 1e-14, 0, 1, 0}), 0);
  EXPECT_EQ(standardised_difference({1 + 1e-6, 0, 1, 0}), infinity);
  EXPECT_EQ(standardised_difference({1 + 1e-6, 0, 1, 1e-5}), 0);
  // All particles at one point: their spread is itself round-off, and no unit to measure with.
  EXPECT_EQ(standardised_difference({1 + 1e-14, 1e-19, 1, 0}), 0);
}

TEST(MeanAgreement, ANumberThatIsNoneFails) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(standardised_difference({nan, 0.1, 1, 0}), infinity);
  EXPECT_EQ(standardised_difference({1, nan, 1, 0}), infinity);
  EXPECT_EQ(standardised_difference({1, 0.1, nan, 0}), infinity);
}

TEST(MeanAgreement, SharesTheBudgetAmongTheComparisons) {
  const std::vector<MeanComparison> one(1), hundred(100);
  EXPECT_NEAR(means_agree(one, 0.05).claim.allowed, 1.959963984540054, 1e-12);  // a table of the normal law
  EXPECT_NEAR(means_agree(hundred, 0.05).claim.allowed, 3.480756404, 1e-8);     // 1 - 0.00025
  EXPECT_NE(means_agree(hundred, 0.05).claim.reason.find("100 comparisons"), std::string::npos);
  EXPECT_EQ(means_agree(one, 0.05).claim.evidence, Evidence::statistical);
}

TEST(MeanAgreement, NamesTheWorstComparison) {
  const auto agreement =
      means_agree(std::vector<MeanComparison>{{1, 1, 0, 0}, {9, 1, 0, 0}, {3, 1, 0, 0}}, 0.001);
  EXPECT_EQ(agreement.worst, 1);
  EXPECT_NEAR(agreement.claim.measured, 9, 1e-10);
  EXPECT_FALSE(agreement.claim.holds());
}

TEST(MeanAgreement, ComparingNothingIsNoProof) {
  EXPECT_FALSE(means_agree({}, 0.05).claim.holds());
  EXPECT_FALSE(means_agree({}, 0.05).worst);
  EXPECT_THROW((void)means_agree({}, 0), std::invalid_argument);
}

TEST(MeanAgreement, RaisesFalseAlarmsWithinItsBudget) {
  Random random(41);
  int alarms = 0;
  for (int run = 0; run < 2000; ++run) {
    std::vector<MeanComparison> comparisons;
    for (int i = 0; i < 20; ++i) comparisons.push_back({2 + 0.3 * random.normal(), 0.3, 2, 0});
    alarms += means_agree(comparisons, 0.05).claim.holds() ? 0 : 1;
  }
  // 1 - (1 - 0.05/20)^20 = 4.88 %: 98 runs with a deviation of 9.6, four of them either way.
  EXPECT_NEAR(alarms, 98, 39);
}

// The mean has a bias of 50 and a standard error of 1; a pilot tells the bias to within 5. At a budget of 1e-4 for 15
// comparisons the quantile is 4.51, exceeded on one side by 3.3 of a million: 17 and more with a probability of 1e-7. Had
// three errors of the pilot been added to the allowance instead, (4.51 + 15) / 5.1 = 3.83 deviations would be exceeded 65
// times: 33 and fewer with a probability of 1e-5.
TEST(MeanAgreement, KeepsItsBudgetWhereTheAllowanceIsNoisierThanTheMean) {
  constexpr double bias = 50, s = 1, u = 5;
  const double quantile = means_agree(std::vector<MeanComparison>(15), 1e-4).claim.allowed;
  Random random(43);
  int alarms = 0, if_added = 0;
  for (int run = 0; run < 1'000'000; ++run) {
    const double mean = bias + s * random.normal(), told = std::abs(bias + u * random.normal());
    alarms += standardised_difference({mean, s, 0, told, u}) > quantile ? 1 : 0;
    if_added += standardised_difference({mean, s, 0, told + 3 * u}) > quantile ? 1 : 0;
  }
  EXPECT_LE(alarms, 16);
  EXPECT_GE(if_added, 34);  // the difference can be seen
}

TEST(Homogeneity, OfAFairDieIsTheHandCalculated) {
  const auto part = line(0, 6, 6);
  const std::vector<double> p{5 / 60., 8 / 60., 9 / 60., 8 / 60., 10 / 60., 20 / 60.}, q(6, 1.0 / 6);
  const auto fit = chi_squared_homogeneity(part, p, 60, q);
  EXPECT_NEAR(fit.statistic, 13.4, 1e-12);
  EXPECT_EQ(fit.degrees_of_freedom, 5);
  EXPECT_NEAR(fit.p_value, 0.01990, 1e-5);  // the chi-squared law's table, five digits
}

TEST(Homogeneity, PoolsNeighboursUntilEachExpectsFive) {
  // Expected 2, 2, 2 | 6 | 4, 1 | and 3 that join the last pool; observed 1, 1, 1 | 9 | 3, 3, 2.
  const auto part = line(0, 7, 7);
  const std::vector<double> q{0.1, 0.1, 0.1, 0.3, 0.2, 0.05, 0.15},
      p{0.05, 0.05, 0.05, 0.45, 0.15, 0.15, 0.1};
  const auto fit = chi_squared_homogeneity(part, p, 20, q);
  EXPECT_EQ(fit.degrees_of_freedom, 2);
  EXPECT_NEAR(fit.statistic, 9.0 / 6 + 9.0 / 6 + 0, 1e-12);
}

TEST(Homogeneity, CountsWhatIsMissingToMassOneAsACell) {
  const auto part = line(0, 2, 2);
  const std::vector<double> q{0.25, 0.25}, p{0.25, 0.5};
  const auto fit = chi_squared_homogeneity(part, p, 100, q);
  EXPECT_EQ(fit.degrees_of_freedom, 2);
  EXPECT_NEAR(fit.statistic, 625.0 / 25 + 625.0 / 50, 1e-12);
}

TEST(Homogeneity, OfTooFewPointsSaysNothing) {
  const auto part = line(0, 2, 2);
  const auto fit = chi_squared_homogeneity(part, std::vector{1.0, 0.0}, 4, std::vector{0.5, 0.5});
  EXPECT_EQ(fit.degrees_of_freedom, 0);
  EXPECT_EQ(fit.p_value, 1);
}

TEST(Homogeneity, SeesAWrongLaw) {
  const auto part = line(-5, 5, 80);
  Random random(42);
  const auto p = exact_sample_masses(part, gaussian(part, {0.35}, {0.8}), 20000,
                                     [&](std::int64_t) { return random.uniform(); });
  EXPECT_LT(chi_squared_homogeneity(part, p, 20000, gaussian(part, {0.3}, {0.8})).p_value, 1e-6);
}

// Under mpirun this compares parts with the whole; alone it says little.
TEST(Homogeneity, KeepsItsVerdictForAnyNumberOfProcesses) {
  const law::Grid grid({law::Axis("x", -4, 4, 15), law::Axis("y", -4, 4, 31)});
  const law::GridPart whole(grid), part(grid, parallel::Communicator::world());
  const auto uniform = [](std::int64_t i) { return Random(static_cast<std::uint64_t>(i)).uniform(); };
  const auto fit_on = [&](const law::GridPart& share) {
    const auto q = gaussian(share, {0, 0, 0}, {1, 1, 0});
    return chi_squared_homogeneity(share, exact_sample_masses(share, q, 5000, uniform), 5000, q);
  };
  const auto alone = fit_on(whole), shared = fit_on(part);
  const auto borders = static_cast<double>(part.processes().size() - 1);
  // One pool more or less at each border.
  EXPECT_NEAR(static_cast<double>(shared.degrees_of_freedom), static_cast<double>(alone.degrees_of_freedom),
              borders);
  EXPECT_GT(shared.p_value, 1e-4);  // a false alarm in ten thousand
}

}  // namespace
}  // namespace fpk::verification
