// The verdict notices planted errors: particles that follow another process than the density.
#include <gtest/gtest.h>

#include <algorithm>

#include "app/evolve.hpp"
#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

io::Case small_problem() {
  const auto folder = fresh_folder("verdict");
  write(folder / "case.toml", small_case());
  return io::read_case(folder / "case.toml", {"particles.count=40000"});
}

bool means_agree(const io::Case& problem, const model::Process* planted) {
  EvolveOptions options;
  options.particle_process = planted;
  const auto record = evolve(problem, parallel::Communicator::world(), options);
  std::size_t found = 0;
  bool holds = false;
  for (const auto& claim : record.claims)
    if (claim.name == "particle-means-agree") {
      ++found;
      holds = claim.holds();
    }
  EXPECT_EQ(found, 1U);
  return holds;
}

bool claim_holds(const io::Case& problem, const model::Process* planted, const std::string& name) {
  EvolveOptions options;
  options.particle_process = planted;
  for (const auto& claim : evolve(problem, parallel::Communicator::world(), options).claims)
    if (claim.name == name) return claim.holds();
  ADD_FAILURE() << "no claim " << name;
  return false;
}

// Survival and faces alone: no observable tells the two walls apart.
TEST(Verdict, OnExitsFailsForATiltAThirdTooWeakAndNoiseFivePercentTooWeak) {
  const auto problem = io::read_case(std::string(places::source) + "/data/cases/exit_double_well.toml",
                                     {"particles.count=20000", "domain.x.cells=64"});
  EXPECT_TRUE(claim_holds(problem, nullptr, "particle-exits-agree"));
  auto wrong = problem.process;
  wrong.drift[0] = wrong.drift[0] + formula::Formula(0.1);  // tilts a third less
  EXPECT_FALSE(claim_holds(problem, &wrong, "particle-exits-agree"));
  wrong = problem.process;
  wrong.noise[0][0] = wrong.noise[0][0] * formula::Formula(0.95);
  EXPECT_FALSE(claim_holds(problem, &wrong, "particle-exits-agree"));
}

TEST(Verdict, HoldsForTheProcessItself) {
  const auto problem = small_problem();
  EXPECT_TRUE(means_agree(problem, nullptr));
}

TEST(Verdict, FailsForADriftThatIsTenPercentTooStrong) {
  const auto problem = small_problem();
  auto wrong = problem.process;
  wrong.drift[0] = wrong.drift[0] * formula::Formula(1.1);
  EXPECT_FALSE(means_agree(problem, &wrong));
}

TEST(Verdict, FailsForADriftOfTheWrongSign) {
  const auto problem = small_problem();
  auto wrong = problem.process;
  wrong.drift[0] = -wrong.drift[0];
  EXPECT_FALSE(means_agree(problem, &wrong));
}

TEST(Verdict, FailsForASchemeThatForgetsTheFactorTwoInTheNoise) {
  const auto problem = small_problem();
  auto wrong = problem.process;
  wrong.noise[0][0] = wrong.noise[0][0] / sqrt(formula::Formula(2.0));  // dX = b dt + sqrt(D) dW
  EXPECT_FALSE(means_agree(problem, &wrong));
}

TEST(Verdict, FailsForNoiseThatIsFivePercentTooStrong) {
  const auto problem = small_problem();
  auto wrong = problem.process;
  wrong.noise[0][0] = wrong.noise[0][0] * formula::Formula(1.05);
  EXPECT_FALSE(means_agree(problem, &wrong));
}

// Its bias is taken from independent particles there, with seven times the error, and yet.
TEST(Verdict, OnTwoPointNoiseHoldsForTheProcessAndFailsForADriftThatIsTenPercentTooStrong) {
  auto problem = small_problem();
  problem.particles->noise = sde::NoiseKind::two_point;
  problem.particles->count = 1'000'000;
  EXPECT_TRUE(means_agree(problem, nullptr));
  auto wrong = problem.process;
  wrong.drift[0] = wrong.drift[0] * formula::Formula(1.1);
  EXPECT_FALSE(means_agree(problem, &wrong));
}

// Euler's steps of 0.05 from x = 5 in a quartic well overshoot in the first one; those of 0.005 do not.
TEST(Verdict, SaysWhereItsAllowanceIsAsLargeAsTheObservable) {
  const auto is_said = [](const char* step) {
    const auto problem =
        io::read_case(std::string(places::source) + "/data/cases/quartic_tamed.toml",
                      {"particles.scheme=euler-maruyama", std::string("particles.step=") + step});
    const auto record = evolve(problem, parallel::Communicator::world(), {});
    return std::ranges::any_of(record.notes, [](const std::string& note) {
      return note.find("there the agreement says little") != std::string::npos;
    });
  };
  EXPECT_TRUE(is_said("0.05"));
  EXPECT_FALSE(is_said("0.005"));
}

}  // namespace
}  // namespace fpk::app
