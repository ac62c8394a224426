// Noise of two points, whose law errs to the order of Euler's scheme itself, and pairs of paths, which do not see it.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// Brownian motion from 0. After n two-point steps of h, with t = n h,
///
///     E x^4 = 3 t^2 - 2 t h
///
/// (the fourth cumulant of a step is -2 h^2), so that half of the step leaves a bias of t h: of pairs whose coarse increment is the
/// sum of two fine ones, none.
std::string brownian(const std::string& more) {
  return R"toml(title = "Brownian motion"
[process]
variables = ["x"]
drift = ["0"]
noise = [["1"]]
[domain]
x = { lower = -8, upper = 8, cells = 320 }
[initial]
point = [0]
[time]
end = 1
observe = 2
[particles]
count = 1_000_000
step = 0.1
noise = "two-point"
[observables]
fourth = "x^4"
[output]
vtk = false
)toml" + more;
}

std::filesystem::path folder_with(const std::string& name, const std::string& text) {
  const auto folder = fresh_folder("discrete-" + name);
  write(folder / "case.toml", text);
  return folder;
}

Outcome fpk_on(const std::string& command, const std::filesystem::path& folder,
               const std::string& more = "") {
  return fpk(command + " --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string() +
             " " + more);
}

// The bias, 0.2, is 20 standard errors of the mean (sqrt(96/N) = 0.0098).
TEST(TwoPointNoise, IsAllowedItsOwnBias) {
  const auto folder = folder_with("run", brownian(""));
  const auto outcome = fpk_on("run", folder);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  const auto result = json(folder / "out/result.json");
  // 5 standard errors
  EXPECT_NEAR(result["particles"]["observables"]["fourth"]["value"].back().get<double>(), 2.8, 0.05);
}

TEST(TwoPointNoise, IsRefusedWherePairsAreAsked) {
  const std::string ladder = "[converge]\nsteps = [0.25, 0.125, 0.0625]\n";
  const auto expect_refusal = [](const std::filesystem::path& folder, const std::string& command,
                                 const std::string& place, const std::string& what) {
    const auto outcome = fpk_on(command, folder);
    EXPECT_EQ(outcome.status, 65) << outcome.output;
    EXPECT_NE(outcome.output.find("case.toml:" + place), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find(what), std::string::npos) << outcome.output;
  };
  expect_refusal(folder_with("estimate", brownian("[estimate]\ntolerance = 0.01\n")), "estimate",
                 "21:", "do not telescope");
  expect_refusal(folder_with("coupled", brownian(ladder)), "converge", "22:", "operator");
  expect_refusal(folder_with("strong", brownian(ladder + "strong = true\nmethod = \"operator\"\n")),
                 "converge", "23:", "one Brownian path");
  const auto by_operator = folder_with("operator", brownian(ladder + "method = \"operator\"\n"));
  EXPECT_EQ(fpk("check " + (by_operator / "case.toml").string()).status, 0);
}

}  // namespace
}  // namespace fpk::app
