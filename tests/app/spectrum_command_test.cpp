// fpk spectrum as its user runs it: the public names of spectrum.json, on one process and on two.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// A rotation in the plane, small enough for a fraction of a second.
std::string rotating_case(const std::string& boundary = "reflecting") {
  return R"(title = "A small rotation"
[process]
variables = ["x", "y"]
drift = ["-x + 2*y", "-2*x - y"]
noise = [["1", "0"], ["0", "0.8"]]
[domain]
x = { lower = -3.5, upper = 3.5, cells = 24, upper_boundary = ")" +
         boundary + R"(" }
y = { lower = -3, upper = 3, cells = 20 }
[initial]
gaussian = { mean = [0.5, 0], sd = [0.3, 0.3] }
[time]
end = 1.0
[spectrum]
modes = 4
)";
}

TEST(SpectrumCommand, HoldsThePublicNames) {
  const auto folder = fresh_folder("spectrum");
  write(folder / "case.toml", rotating_case());
  const auto outcome =
      fpk("spectrum " + (folder / "case.toml").string() + " --out " + (folder / "out").string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("gap"), std::string::npos);
  const auto s = json(folder / "out/spectrum.json");
  ASSERT_EQ(s["eigenvalues"].size(), 4U);
  EXPECT_EQ(s["eigenvalues"][0]["real"], 0.0);
  EXPECT_TRUE(s["eigenvalues"][0]["implied_time"].is_null());
  EXPECT_NEAR(s["eigenvalues"][1]["real"].get<double>(), 1, 0.1);  // l = 1 +- 2 i, with cells of 0.3
  EXPECT_NEAR(s["eigenvalues"][1]["imaginary"].get<double>(), 2, 0.1);
  EXPECT_EQ(s["eigenvalues"][2]["imaginary"], -s["eigenvalues"][1]["imaginary"].get<double>());
  EXPECT_EQ(s["gap"], s["eigenvalues"][1]["real"]);
  for (const char* name : {"case", "version", "cells", "flux", "gap_error", "slowest_time", "form", "remark",
                           "complete_below", "largest_rate", "stationary_residual", "claims", "seconds"})
    EXPECT_TRUE(s.contains(name)) << name;
  EXPECT_TRUE(std::filesystem::exists(folder / "out/spectrum.vti"));
  EXPECT_NE(read(folder / "out/spectrum.html").find("Spectral gap"), std::string::npos);
}

TEST(SpectrumCommand, TakesTheNumberOfModesFromTheCommandLine) {
  const auto folder = fresh_folder("spectrum_modes");
  write(folder / "case.toml", small_case());
  ASSERT_EQ(fpk("spectrum --quiet --modes 3 " + (folder / "case.toml").string() + " --out " + folder.string())
                .status,
            0);
  EXPECT_EQ(json(folder / "spectrum.json")["eigenvalues"].size(), 3U);
  EXPECT_FALSE(std::filesystem::exists(folder / "spectrum.vti"));  // output.vtk = false
  const auto outcome =
      fpk("spectrum --modes 0 " + (folder / "case.toml").string() + " --out " + folder.string());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_NE(outcome.output.find("modes"), std::string::npos) << outcome.output;
}

TEST(SpectrumCommand, OfABoxThatAbsorbsBeginsWithItsDecayRate) {
  const auto folder = fresh_folder("spectrum_open");
  write(folder / "case.toml", rotating_case("absorbing"));
  ASSERT_EQ(fpk("spectrum --quiet " + (folder / "case.toml").string() + " --out " + folder.string()).status,
            0);
  const auto s = json(folder / "spectrum.json");
  EXPECT_GT(s["eigenvalues"][0]["real"].get<double>(), 0);
  EXPECT_EQ(s["gap"], s["eigenvalues"][0]["real"]);
  EXPECT_FALSE(s.contains("stationary_residual"));
}

TEST(SpectrumCommand, SaysThatFastRotationsMayBeMissing) {
  const auto folder = fresh_folder("spectrum_fast");
  write(folder / "case.toml", rotating_case());
  const auto outcome = fpk("spectrum " + (folder / "case.toml").string() + " --out " + folder.string());
  EXPECT_NE(outcome.output.find("A mode that turns faster"), std::string::npos) << outcome.output;
  const auto turning = json(folder / "spectrum.json");
  ASSERT_EQ(turning["notes"].size(), 1U);
  // l = n (1 +- 2 i) and sums of these: whatever is listed was looked for.
  for (const auto& l : turning["eigenvalues"])
    EXPECT_LE(std::hypot(l["real"].get<double>(), l["imaginary"].get<double>()),
              turning["complete_below"].get<double>() * (1 + 1e-12));
  write(folder / "case.toml", small_case());
  ASSERT_EQ(fpk("spectrum --quiet " + (folder / "case.toml").string() + " --out " + folder.string()).status,
            0);
  EXPECT_EQ(json(folder / "spectrum.json")["notes"].size(), 0U) << "with detailed balance modes are counted";
}

TEST(SpectrumCommand, OfAKineticProcessIsThatOfTheLinearFormAndSaysSo) {
  // dq = v dt, dv = -(q + 0.7 v) dt + dW: l = 0.35 +- 0.9367 i and their combinations (Risken 1989, section 10.2).
  const auto folder = fresh_folder("spectrum_kinetic");
  write(folder / "case.toml", R"case([process]
variables = ["q", "v"]
drift = ["v", "-(q + 0.7*v)"]
noise = [["0"], ["0.8"]]
[domain]
q = { lower = -4, upper = 4, cells = 40 }
v = { lower = -4, upper = 4, cells = 40 }
[initial]
gaussian = { mean = [1.0, -0.5], sd = [0.5, 0.6] }
[time]
end = 1.0
[spectrum]
modes = 4
)case");
  const auto outcome = fpk("spectrum " + (folder / "case.toml").string() + " --out " + folder.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("modes of the linear form"), std::string::npos) << outcome.output;
  const auto s = json(folder / "spectrum.json");
  EXPECT_NE(s["notes"][0].get<std::string>().find("without their limits"), std::string::npos);
  ASSERT_GE(s["eigenvalues"].size(), 4U);
  EXPECT_NEAR(s["eigenvalues"][1]["real"].get<double>(), 0.35, 0.01);  // h^2 / 4, measured 0.001
  EXPECT_NEAR(s["eigenvalues"][1]["imaginary"].get<double>(), std::sqrt(1 - 0.35 * 0.35), 0.01);
}

TEST(SpectrumCommand, RefusesCoefficientsThatDependOnTime) {
  const auto folder = fresh_folder("spectrum_time");
  write(folder / "case.toml", rotating_case());
  const auto outcome = fpk("spectrum " + (folder / "case.toml").string() + " --out " + folder.string() +
                           " --set 'process.drift=[\"-x + t\", \"-y\"]'");
  EXPECT_EQ(outcome.status, 65) << outcome.output;
  EXPECT_NE(outcome.output.find("depend on t"), std::string::npos) << outcome.output;
}

TEST(SpectrumCommand, GivesTheSameNumbersOnTwoProcesses) {
  const auto folder = fresh_folder("spectrum_mpi");
  write(folder / "case.toml", rotating_case());
  const std::string arguments = "spectrum --quiet " + (folder / "case.toml").string() + " --out ";
  ASSERT_EQ(fpk(arguments + (folder / "one").string()).status, 0);
  const auto outcome = mpi_fpk(arguments + (folder / "two").string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto one = json(folder / "one/spectrum.json"), two = json(folder / "two/spectrum.json");
  for (std::size_t k = 0; k < 4; ++k)
    for (const char* part : {"real", "imaginary"})
      EXPECT_NEAR(one["eigenvalues"][k][part].get<double>(), two["eigenvalues"][k][part].get<double>(),
                  1e-10);
  EXPECT_TRUE(std::filesystem::exists(folder / "two/spectrum.pvti"));
}

}  // namespace
}  // namespace fpk::app
