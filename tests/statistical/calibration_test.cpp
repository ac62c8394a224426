// A tiny version of the long study of docs/calibration.md: the verdict raises no alarm at sound cases, its statistic is
// distributed as it says, and planted errors are caught as often as their size predicts.
//
// Seeds are fixed, so a test that passes goes on to do so. What is said of chance is the probability that a sound program
// would have failed with these seeds when they were first drawn.
#include <gtest/gtest.h>

#include <cmath>

#include "studies/bulk.hpp"
#include "studies/power.hpp"
#include "studies/small_cases.hpp"
#include "studies/weak_order_coverage.hpp"
#include "tests/places.hpp"

namespace fpk::studies {
namespace {

constexpr std::uint64_t first_seed = 100'001;  // none that the long study uses
constexpr std::size_t seeds = 40;

std::filesystem::path cases() { return std::filesystem::path(places::source) / "data" / "cases"; }

io::Case small(const std::string& name, std::int64_t particles) {
  return read_small_case(cases(), name, particles);
}

TEST(Share, OfNoHitsIsBoundedByTheRuleOfThree) {
  const Share none{0, 1000};
  EXPECT_EQ(none.lower(), 0);
  EXPECT_NEAR(none.upper(), 1 - std::pow(0.05, 1e-3), 1e-12);  // P(no hit | p = upper) = 5 %; about 3/1000
}

TEST(Share, OfEveryTrialIsBoundedBelowAlike) {
  const Share all{1000, 1000};
  EXPECT_EQ(all.upper(), 1);
  EXPECT_NEAR(all.lower(), std::pow(0.05, 1e-3), 1e-12);
}

// Clopper and Pearson's bounds solve P(at most k | upper) = 5 %, summed here by hand for 2 of 10.
TEST(Share, HasBoundsThatSolveTheirEquation) {
  const double p = Share{2, 10}.upper(), q = 1 - p;
  EXPECT_NEAR(std::pow(q, 10) + 10 * p * std::pow(q, 9) + 45 * p * p * std::pow(q, 8), 0.05, 1e-12);
}

// At most 1e-4 a run: 40 runs of one case raise an alarm with a probability of at most 0.4 %.
class SoundCase : public ::testing::TestWithParam<SmallCase> {};

TEST_P(SoundCase, RaisesNoAlarm) {
  const auto problem = small(GetParam().name, 1000);
  const auto runs = judged_runs(problem, problem.process, first_seed, seeds);
  EXPECT_EQ(alarms(runs).hits, 0);
  for (const auto& run : runs) EXPECT_TRUE(run.refuted.empty()) << run.refuted.front();
}

INSTANTIATE_TEST_SUITE_P(Calibration, SoundCase,
                         ::testing::Values(small_cases()[0], small_cases()[2], small_cases()[3]),
                         [](const auto& tested) { return tested.param.name; });

// Of 40 runs 2 lie beyond the 5 % level of M comparisons on average, fewer where these depend on each other; 9 or more with
// a probability of 2e-4. A standard error of half what it should be lets more than 15 pass beyond it.
TEST(Bulk, OfASoundCaseIsThatOfTheNormalLaw) {
  const auto problem = small("ornstein_uhlenbeck", 1000);
  auto runs = judged_runs(problem, problem.process, first_seed, seeds);
  ASSERT_EQ(runs.front().comparisons.size(), 15U);  // 3 observables at 5 times
  EXPECT_LE(bulk(runs).tails.front().sampling.hits, 8);
  for (auto& run : runs)
    for (auto& c : run.comparisons) c.standard_error *= 0.5;
  EXPECT_GT(bulk(runs).tails.front().sampling.hits, 8);
}

// The prediction is a lower bound: from one comparison where fifteen may fail. Where it says 99.9 %, all of 10 runs fail
// but for a probability of 1 %.
TEST(PlantedError, IsCaughtWhereThePredictionSaysSo) {
  for (const char* error : {"drift-factor", "noise-factor"}) {
    const auto curve =
        power_curve(small("ornstein_uhlenbeck", 4000), planted_error(error), {0.3}, first_seed, 10);
    EXPECT_GT(curve.front().predicted, 0.999) << error;
    EXPECT_EQ(curve.front().caught.hits, 10) << error;
  }
}

TEST(PlantedError, OfSizeZeroIsNotCaught) {
  const auto curve =
      power_curve(small("ornstein_uhlenbeck", 1000), planted_error("drift-factor"), {0}, first_seed, 10);
  EXPECT_LT(curve.front().shift, 1e-6);  // the two densities are one; the shift is rounding
  EXPECT_LT(curve.front().predicted, 1e-4);
  EXPECT_EQ(curve.front().caught.hits, 0);
}

TEST(PlantedError, OfSenseIsCaughtInMultiplicativeAndInMixedNoise) {
  for (const auto& [name, error] : {std::pair{"correlated_noise", "off-diagonal-sign"},
                                    std::pair{"stratonovich_noise", "stratonovich-read-as-ito"}}) {
    const auto curve = power_curve(small(name, 40'000), planted_error(error), {1}, first_seed, 3);
    EXPECT_EQ(curve.front().caught.hits, 3) << error;
  }
}

// q' = -2 k q + 2 D, whose Euler steps tend to it with order 1.
TEST(WeakOrderCoverage, KnowsTheSecondMomentOfEuler) {
  constexpr double k = 1.5, D = 0.6, q_0 = 1.78, end = 1;
  const double limit = D / k + (q_0 - D / k) * std::exp(-2 * k * end);
  EXPECT_NEAR(second_moment_of_euler(k, D, q_0, end, 1), (1 - k) * (1 - k) * q_0 + 2 * D, 1e-15);
  const double e = second_moment_of_euler(k, D, q_0, end, 1000) - limit,
               half = second_moment_of_euler(k, D, q_0, end, 2000) - limit;
  EXPECT_NEAR(std::log2(e / half), 1, 0.01);  // the next term of the bias: a share of k dt
}

}  // namespace
}  // namespace fpk::studies
