// The verdict notices planted errors: particles that follow another process than the density.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace fpk::app
