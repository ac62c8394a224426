// What a run says of stationarity: entropy and its production, and the spectral gap with its line in the report.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"
#include "tests/places.hpp"

namespace fpk::app {
namespace {

using namespace testing;

TEST(RunStationarity, RecordsTheGapThatTheDensityDecaysWith) {
  const auto folder = fresh_folder("gap");
  write(folder / "case.toml", small_case());
  const auto run =
      fpk("run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string() +
          " --set time.end=100 --set particles.step=0.5 --set particles.count=2");
  const auto result = json(folder / "out/result.json");
  const double gap = result["stationary"]["gap"];
  EXPECT_NEAR(gap, 0.0298, 1e-4);  // the shipped double well's
  // From t = 75 to 100 only the slowest mode is left: the others have decayed by exp(-3.3 * 75).
  const auto& distances = result["distances"]["density_to_stationary"];
  const auto rate = [&](const char* name) {
    return std::log(distances[name][3].get<double>() / distances[name][4].get<double>()) / 25;
  };
  EXPECT_NEAR(rate("total_variation"), gap, 1e-6);
  // delta^2/2 (1 + delta^2/6) for a difference delta of the two wells, which falls from 0.11 to 0.05: 6e-5 per time.
  EXPECT_NEAR(rate("relative_entropy"), 2 * gap, 1e-2 * gap);
  EXPECT_NE(read(folder / "out/report.html").find("spectral gap"), std::string::npos);
}

TEST(RunStationarity, RecordsEntropyAndWhereItComesFrom) {
  const auto folder = fresh_folder("entropy");
  write(folder / "case.toml", small_case());
  ASSERT_EQ(
      fpk("run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string()).status,
      0);
  const auto result = json(folder / "out/result.json");
  const auto& d = result["density"];
  for (const char* name : {"entropy", "entropy_production", "dissipation", "housekeeping"})
    EXPECT_EQ(d[name].size(), 5U) << name;
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_GT(d["dissipation"][k].get<double>(), 0);
    // Detailed balance: nothing is spent on a current.
    EXPECT_NEAR(d["housekeeping"][k].get<double>(), 0, 1e-12 * d["dissipation"][k].get<double>());
  }
  EXPECT_NE(read(folder / "out/series.csv").find("density.entropy_production"), std::string::npos);
}

TEST(RunStationarity, SaysWhyProductionIsInfiniteWhereDriftIsUpwind) {
  const auto folder = fresh_folder("upwind");
  write(folder / "case.toml", R"([process]
variables = ["x", "y"]
drift = ["-x", "x - y"]
noise = [["1", "0"], ["0", "0"]]
[domain]
x = { lower = -3, upper = 3, cells = 16 }
y = { lower = -3, upper = 3, cells = 16 }
[initial]
gaussian = { mean = [0.5, 0], sd = [0.5, 0.5] }
[time]
end = 0.5
observe = 2
[output]
vtk = false
)");
  fpk("run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string());
  const auto result = json(folder / "out/result.json");
  EXPECT_TRUE(result["density"]["entropy_production"][1].is_null());
  EXPECT_NE(result["notes"].dump().find("one way"), std::string::npos);
}

TEST(SpectrumCommand, OfTheShippedKramersCaseHasKramersGap) {
  const auto folder = fresh_folder("kramers");
  ASSERT_EQ(fpk("spectrum --quiet " + std::string(places::source) + "/data/cases/kramers.toml --out " +
                folder.string())
                .status,
            0);
  const double D = 0.0625, kramers = std::sqrt(32.0) / M_PI * std::exp(-1 / D);
  // The next terms: -3/8 D, then about -0.5 D^2.
  EXPECT_NEAR(json(folder / "spectrum.json")["gap"].get<double>() / kramers, 1 - 0.375 * D, D * D);
}

TEST(SpectrumCommand, OfTheShippedWashboardCountsTurns) {
  const auto folder = fresh_folder("washboard");
  ASSERT_EQ(fpk("spectrum --quiet " + std::string(places::source) + "/data/cases/washboard.toml --out " +
                folder.string())
                .status,
            0);
  const auto transport = json(folder / "spectrum.json")["transport"];
  EXPECT_NEAR(transport["velocity"][0].get<double>(), 0.0893, 0.0005);
  EXPECT_NEAR(transport["diffusion"][0][0].get<double>(), 0.182, 0.002);  // nine times the free D
}

TEST(RunStationarity, SaysWhereARotationRunsAlongAWallThatTheGibbsLawReaches) {
  const auto folder = fresh_folder("rotation-at-walls");
  write(folder / "case.toml", R"([process]
variables = ["x", "y"]
potential = "(x^2 + 2*y^2)/2"
rotation = 1.5
temperature = 0.5
[domain]
x = { lower = -5, upper = 5, cells = 40 }
y = { lower = -4, upper = 4, cells = 40 }
[initial]
gaussian = { mean = [0.2, 0], sd = [0.3, 0.3] }
[time]
end = 0.1
[output]
vtk = false
)");
  const auto notes = [&](const std::string& options) {
    const auto outcome = fpk("run --quiet " + (folder / "case.toml").string() + " --out " +
                             (folder / "out").string() + options);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    const auto result = json(folder / "out/result.json");
    std::string all;
    for (const auto& note : result["notes"]) all += note.get<std::string>() + "\n";
    return all;
  };
  EXPECT_EQ(notes("").find("the rotation would carry it"), std::string::npos);  // exp(-16) at the walls
  const std::string near = " --set domain.x.upper=1.5 --set domain.x.cells=26";
  EXPECT_NE(notes(near).find("the rotation would carry it"), std::string::npos) << notes(near);
  // Of a wall that absorbs nothing is said: there the flux is that of the wall itself.
  EXPECT_EQ(notes(near + " --set domain.x.upper_boundary=absorbing").find("the rotation would carry it"),
            std::string::npos);
}

}  // namespace
}  // namespace fpk::app
