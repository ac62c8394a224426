// fpk backward as its user runs it: the public names of backward.json, the files beside it, and the same numbers on two
// processes.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

TEST(Backward, HoldsThePublicNamesAndTheBoundsOfAProbability) {
  const auto folder = fresh_folder("backward");
  write(folder / "case.toml", small_case());
  const auto result = answer("backward", folder, "out", "--set output.vtk=true");
  for (const char* name :
       {"case", "version", "cells", "times", "propagator", "observables", "claims", "notes", "seconds"})
    EXPECT_TRUE(result.contains(name)) << name;
  const auto& right = result["observables"]["right"];
  for (const char* name : {"minimum", "maximum", "at_initial", "forward", "duality_error"})
    EXPECT_TRUE(right.contains(name)) << name;
  EXPECT_EQ(right["at_initial"].size(), 5U);
  EXPECT_EQ(right["forward"].size(), 5U);
  EXPECT_GT(right["minimum"], 0);  // from everywhere both wells can be reached
  EXPECT_LT(right["maximum"], 1);
  EXPECT_NEAR(right["minimum"].get<double>(), 1 - right["maximum"].get<double>(),
              1e-12);  // the potential is even
  EXPECT_NE(read(folder / "out/backward.vti").find("Name=\"right\""), std::string::npos);
  EXPECT_NE(read(folder / "out/backward.html").find("by the start"), std::string::npos);
}

TEST(Backward, OfCoefficientsThatDependOnTimeIsGivenAtTheLastTime) {
  const auto folder = fresh_folder("backward-time");
  auto text = small_case();
  const std::string potential = "potential = \"(x^2 - 1)^2\"\ntemperature = 0.25\n";
  text.replace(text.find(potential), potential.size(), "drift = [\"cos(3*t) - x\"]\nnoise = [[\"0.7\"]]\n");
  write(folder / "case.toml", text);
  EXPECT_EQ(answer("backward", folder, "out", "")["times"].size(), 1U);
}

TEST(Backward, IsTheSameOnTwoProcesses) {
  const auto folder = fresh_folder("backward-mpi");
  write(folder / "case.toml", small_case());
  const auto one = answer("backward", folder, "one", ""), two = answer("backward", folder, "two", "", true);
  for (const char* name : {"right", "second_moment"})
    for (const char* value : {"minimum", "maximum"})  // sums in another order
      EXPECT_NEAR(two["observables"][name][value].get<double>(),
                  one["observables"][name][value].get<double>(), 1e-12)
          << name;
}

TEST(Backward, OfAKineticProcessIsDualToTheLinearFormAndSaysSo) {
  // dq = v dt, dv = -(q + 0.7 v) dt + 0.8 dW: E[q_t] is linear in the start, E[q_t] from (1, 0) the damped oscillation.
  const auto folder = fresh_folder("backward-kinetic");
  write(folder / "case.toml", R"case([process]
variables = ["q", "v"]
drift = ["v", "-(q + 0.7*v)"]
noise = [["0"], ["0.8"]]
[domain]
q = { lower = -4, upper = 4, cells = 40 }
v = { lower = -4, upper = 4, cells = 40 }
[initial]
gaussian = { mean = [1.0, -0.5], sd = [0.4, 0.4] }
[time]
end = 1.2
observe = 3
[density]
tolerance = 1e-6
[observables]
mean_q = "q"
right = "q > 0.4"
[output]
vtk = false
)case");
  const auto outcome = fpk("backward " + (folder / "case.toml").string() + " --out " + folder.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("without their limits"), std::string::npos) << outcome.output;
  const auto result = json(folder / "backward.json");
  const double w = std::sqrt(1 - 0.35 * 0.35), t = 1.2;
  const double exact = std::exp(-0.35 * t) * (std::cos(w * t) + (0.35 - 0.5) / w * std::sin(w * t));
  EXPECT_NEAR(result["observables"]["mean_q"]["at_initial"].back().get<double>(), exact, 0.01);  // h^2 / 4
}

TEST(Backward, RefusesACaseWithoutObservables) {
  const auto folder = fresh_folder("backward-refused");
  auto text = small_case();
  const auto begin = text.find("[observables]"), end = text.find("[output]");
  text.erase(begin, end - begin);
  write(folder / "case.toml", text);
  const auto outcome = fpk("backward " + (folder / "case.toml").string());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_NE(outcome.output.find("no observable"), std::string::npos) << outcome.output;
}

}  // namespace
}  // namespace fpk::app
