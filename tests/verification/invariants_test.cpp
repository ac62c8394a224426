// The watch over an evolution of masses sees each thing that can go wrong.
#include "verification/invariants.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/verification/laws_for_tests.hpp"

namespace fpk::verification {
namespace {

using testing::line;

const Allowance tight{1e-14, "round-off"};
constexpr double infinity = std::numeric_limits<double>::infinity();

/// A chain of jumps among all cells that keeps uniform masses: p <- (1 - s) p + s mean(p).
std::vector<Invariants> relaxation(double s, std::size_t steps) {
  const auto part = line({0, 1, 3, 4});
  const std::vector<double> uniform(3, 1.0 / 3);
  std::vector<double> p{0.7, 0.3, 0};
  std::vector<Invariants> history;
  for (std::size_t k = 0; k <= steps; ++k) {
    history.push_back(invariants(part, static_cast<double>(k), p, uniform));
    for (double& m : p) m = (1 - s) * m + s / 3;
  }
  return history;
}

TEST(Invariants, AreTheMassTheSmallestCellAndTheEntropy) {
  const auto part = line({0, 1, 3, 3.5});
  const auto now = invariants(part, 0.25, std::vector{0.5, 0.2, 0.1}, std::vector{0.5, 0.25, 0.25});
  EXPECT_EQ(now.time, 0.25);
  EXPECT_NEAR(now.total_mass, 0.8, 1e-15);
  EXPECT_EQ(now.smallest_mass, 0.1);
  EXPECT_EQ(now.smallest_density, 0.1);  // the second cell: 0.2 over a width of 2
  ASSERT_TRUE(now.relative_entropy);
  EXPECT_NEAR(*now.relative_entropy, 0.2 * std::log(0.8) + 0.1 * std::log(0.4) + 0.2, 1e-15);
  EXPECT_FALSE(invariants(part, 0, std::vector{0.5, 0.2, 0.1}).relative_entropy);
}

TEST(Invariants, OfARelaxationAllHold) {
  const auto history = relaxation(0.3, 60);
  for (const auto& claim :
       {mass_is_conserved(history, tight), mass_never_grows(history, tight),
        masses_are_non_negative(history, tight), relative_entropy_never_grows(history, tight)}) {
    EXPECT_TRUE(claim.holds()) << claim.name << ": " << claim.measured;
    EXPECT_EQ(claim.evidence, Evidence::exact);
    EXPECT_EQ(claim.reason, "round-off");
  }
}

TEST(Invariants, AnUnstableStepIsSeenByPositivityAndEntropy) {
  const auto history = relaxation(2.5, 5);  // overshoots: the distance to the mean grows by 1.5 a step
  EXPECT_TRUE(mass_is_conserved(history, tight).holds());
  EXPECT_FALSE(masses_are_non_negative(history, tight).holds());
  EXPECT_FALSE(relative_entropy_never_grows(history, tight).holds());
}

TEST(Invariants, MassThatLeaksIsNotConservedButNeverGrows) {
  std::vector<Invariants> history(3);
  history[0].total_mass = 1;
  history[1].total_mass = 0.9;
  history[2].total_mass = 0.7;
  EXPECT_NEAR(mass_is_conserved(history, tight).measured, 0.3, 1e-15);
  EXPECT_TRUE(mass_never_grows(history, tight).holds());
  history[2].total_mass = 0.95;
  EXPECT_NEAR(mass_never_grows(history, tight).measured, 0.05, 1e-15);
}

// p in two cells of which the stationary law has underflowed in one: KL is infinite, and K(p, q) = p_0 ln(2 p_0/(p_0 + 1)) + p_1 ln 2.
TEST(Invariants, WhereTheStationaryLawUnderflowsTheMeanLawStandsIn) {
  const auto part = line(0, 1, 2);
  const std::vector<double> gibbs{1.0, 0.0};
  std::vector<Invariants> history;
  for (const double out : {0.5, 0.2, 1e-3})
    history.push_back(invariants(part, 0, std::vector{1 - out, out}, gibbs));
  EXPECT_EQ(history[0].relative_entropy, infinity);
  EXPECT_NEAR(*history[0].entropy_to_mean, 0.5 * std::log(2.0 / 3) + 0.5 * std::log(2.0), 1e-15);
  EXPECT_TRUE(relative_entropy_never_grows(history, tight).holds());
  history.push_back(invariants(part, 0, std::vector{0.9, 0.1}, gibbs));  // mass goes back uphill
  const auto claim = relative_entropy_never_grows(history, tight);
  EXPECT_FALSE(claim.holds());
  EXPECT_NE(claim.reason.find("underflows"), std::string::npos);
  const std::vector<double> rounded{1.0, -1e-17};  // a null vector's
  EXPECT_NEAR(*invariants(part, 0, std::vector{0.5, 0.5}, rounded).entropy_to_mean,
              *history[0].entropy_to_mean, 1e-15);
  const double least = std::numeric_limits<double>::denorm_min();
  EXPECT_LT(*invariants(part, 0, std::vector{1 - least, least}, gibbs).entropy_to_mean, 1e-300);
}

TEST(Invariants, NothingToCompareIsNoProof) {
  EXPECT_FALSE(masses_are_non_negative({}, tight).holds());
  const std::vector<Invariants> once(1);
  EXPECT_FALSE(mass_is_conserved(once, tight).holds());
  EXPECT_FALSE(mass_never_grows(once, tight).holds());
  EXPECT_FALSE(
      relative_entropy_never_grows(std::vector<Invariants>(3), tight).holds());  // no stationary law known
}

TEST(Invariants, ANumberThatIsNoneFailsWhereverItStands) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto part = line(0, 1, 3);
  for (std::size_t bad = 0; bad < 3; ++bad) {
    std::vector<Invariants> history(
        3, invariants(part, 0, std::vector{0.4, 0.3, 0.3}, std::vector{0.4, 0.3, 0.3}));
    std::vector<double> masses{0.4, 0.3, 0.3};
    masses[bad] = nan;
    history[bad] = invariants(part, 0, masses);
    history[bad].relative_entropy = nan;
    EXPECT_FALSE(mass_is_conserved(history, tight).holds());
    EXPECT_FALSE(mass_never_grows(history, tight).holds());
    EXPECT_FALSE(masses_are_non_negative(history, tight).holds());
    EXPECT_FALSE(relative_entropy_never_grows(history, tight).holds());
  }
}

TEST(Invariants, TheStationaryLawIsHeldAgainstGibbs) {
  const auto part = line(0, 1, 2);
  EXPECT_TRUE(stationary_law_is_gibbs(part, std::vector{0.5, 0.5}, std::vector{0.5, 0.5}, tight).holds());
  EXPECT_NEAR(stationary_law_is_gibbs(part, std::vector{0.6, 0.4}, std::vector{0.5, 0.5}, tight).measured,
              0.2, 1e-15);
}

TEST(Invariants, RoundOffGrowsWithTheOperations) {
  EXPECT_EQ(round_off(1, 2).value, std::numeric_limits<double>::epsilon());
  EXPECT_EQ(round_off(3, 1000).value, 1500 * std::numeric_limits<double>::epsilon());
  EXPECT_NE(round_off(1, 1000).reason.find("1e+03"), std::string::npos);
}

}  // namespace
}  // namespace fpk::verification
