// Expectations extrapolated in the step: on the Ornstein-Uhlenbeck process Euler-Maruyama's moments at a finite step are closed
// forms, so that the order 2 of what is left is no matter of chance.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"
#include "tests/euler_moments.hpp"

namespace fpk::app {
namespace {

using namespace testing;
using namespace closed_forms;

/// The shipped process with few, long steps: the bias stands out of the noise, that of the extrapolated means does not.
nlohmann::json with_long_steps(const std::filesystem::path& folder, const std::string& options, int* status) {
  write(folder / "case.toml",
        read(std::filesystem::path(places::source) / "data/cases/ornstein_uhlenbeck.toml"));
  const auto outcome = fpk(
      "run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string() +
      " --set output.vtk=false --set time.end=1 --set time.observe=2 --set particles.step=0.125 " + options);
  *status = outcome.status;
  EXPECT_LE(outcome.status, 1) << outcome.output;
  return json(folder / "out/result.json");
}

TEST(StepExtrapolation, OfAnEnsembleIsThatOfTheClosedForms) {
  int status = 0;
  const auto result =
      with_long_steps(fresh_folder("step-extrapolation"), "--set particles.extrapolate=true", &status);
  EXPECT_EQ(status, 0);
  const auto& e = result["particles"]["extrapolated"];
  EXPECT_EQ(e["order"], 1);
  EXPECT_EQ(e["next_order"], 2);
  const auto& m = e["observables"]["second_moment"];
  const double value = m["value"][1], se = m["standard_error"][1], remainder = m["remainder"][1];
  const double expected = extrapolated_second_moment(8);
  EXPECT_NEAR(value, expected, 5.5 * se);  // two-sided false alarm 4e-8
  EXPECT_GT(std::abs(second_moment(8) - exact_second_moment),
            10 * se);  // the bias of the plain means would be seen
  EXPECT_GT(remainder,
            std::abs(expected - exact_second_moment));  // what is left lies within what is allowed for it
  EXPECT_LT(remainder, 0.5 * std::abs(second_moment(8) - exact_second_moment));
  bool found = false;
  for (const auto& c : result["claims"])
    if (c["name"] == "particle-means-agree") {
      found = true;
      EXPECT_NE(c["reason"].get<std::string>().find("remainder of order 2"), std::string::npos);
    }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace fpk::app
