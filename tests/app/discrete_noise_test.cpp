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

TEST(TwoPointNoise, IsRefusedAtItsLineWherePairsAreAsked) {
  const auto expect_refusal = [](const std::filesystem::path& folder, const std::string& command,
                                 const std::string& what, const std::string& options = "") {
    const auto outcome = fpk_on(command, folder, options);
    EXPECT_EQ(outcome.status, 65) << outcome.output;
    EXPECT_NE(outcome.output.find("case.toml:16:9: " + what), std::string::npos) << outcome.output;
  };
  const std::string ladder = "[converge]\nsteps = [0.25, 0.125, 0.0625]\n";
  expect_refusal(folder_with("estimate", brownian("")), "estimate", "multilevel Monte Carlo",
                 "--tolerance 0.01");
  expect_refusal(folder_with("coupled", brownian(ladder)), "converge", "converge.method");
  expect_refusal(folder_with("strong", brownian(ladder + "method = \"operator\"\nstrong = true\n")),
                 "converge", "converge.strong");
}

// Exact by the operator, at every step: E x^4 = 3 - 2 h. A walk of four steps stays within 2, one of sixteen goes to 4: the box must hold
// both.
TEST(TwoPointNoise, HasItsClosedMomentsByTheOperator) {
  const std::string ladder = "[converge]\nsteps = [0.25, 0.125, 0.0625]\n";
  const auto by_operator = folder_with("operator", brownian(ladder + "method = \"operator\"\n"));
  const auto outcome = fpk_on("converge", by_operator, "--set density.enabled=false");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  const auto weak = json(by_operator / "out/convergence.json")["weak"];
  for (const auto& row : weak["rows"])
    EXPECT_NEAR(row["expectation"].get<double>(), 3 - 2 * row["step"].get<double>(), 1e-9);
  EXPECT_NEAR(weak["order"]["value"].get<double>(), 1, 1e-3);
}

// Sums of three points lie on a lattice, which an event sees to the order of sqrt(dt): P(X_1 > 0.4), 8 standard errors off.
TEST(ThreePointNoise, IsAllowedWhatItsLatticeErrs) {
  auto text = brownian("");
  text.replace(text.find("two-point"), 9, "three-point");
  text.replace(text.find("\"x^4\""), 5, "\"x > 0.4\"");
  const auto outcome = fpk_on("run", folder_with("lattice", text), "--set particles.count=100000");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

}  // namespace
}  // namespace fpk::app
