// What a run says about its absorbing faces: in its files, and against a closed form.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"
#include "tests/places.hpp"

namespace fpk::app {
namespace {

using namespace testing;

TEST(ExitsRun, TheShippedWindSplitsBetweenTheWallsInClosedForm) {
  const auto out = fresh_folder("exits");
  const auto outcome = fpk(std::string("run ") + places::source +
                           "/data/cases/drift_between_exits.toml --quiet --set output.vtk=false "
                           "--set time.end=6 --set particles.count=200 --out " +
                           out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto result = json(out / "result.json");
  const auto& density = result["density"];
  const double above = std::expm1(-1.2 * 0.35 / 0.5) / std::expm1(-1.2 / 0.5);
  // Second order: h = 1/80, constant below 2.
  EXPECT_NEAR(density["absorbed"]["x_upper"].back().get<double>(), above, 2.0 / 6400);
  EXPECT_NEAR(density["absorbed"]["x_lower"].back().get<double>(), 1 - above, 2.0 / 6400);
  EXPECT_FALSE(density["absorbed"].contains("y_lower"));  // periodic
  const auto &mass = density["mass"], &lower = density["absorbed"]["x_lower"],
             &upper = density["absorbed"]["x_upper"];
  ASSERT_EQ(mass.size(), result["times"].size());
  for (std::size_t k = 0; k < mass.size(); ++k) {
    EXPECT_NEAR(mass[k].get<double>() + lower[k].get<double>() + upper[k].get<double>(), 1.0, 1e-12);
    if (k > 0) {
      EXPECT_GE(lower[k].get<double>(), lower[k - 1].get<double>() - 1e-14);
    }
  }
  EXPECT_EQ(density["exit_flux"]["x_upper"].size(), mass.size());
  const auto header = read(out / "series.csv").substr(0, 300);
  EXPECT_NE(header.find("density.absorbed.x_lower,density.exit_flux.x_lower,"), std::string::npos) << header;
  EXPECT_NE(read(out / "report.html").find("What the walls have absorbed"), std::string::npos);
}

/// The claim of that name in result.json.
nlohmann::json claim_of(const nlohmann::json& result, const std::string& name) {
  for (const auto& claim : result["claims"])
    if (claim["name"] == name) return claim;
  ADD_FAILURE() << "no claim " << name;
  return {};
}

TEST(ExitsRun, TheShippedDoubleWellLetsAsManyOutByParticlesAsByTheDensity) {
  const auto out = fresh_folder("exits-wells");
  const auto outcome = fpk(std::string("run ") + places::source +
                           "/data/cases/exit_double_well.toml --quiet --set output.vtk=false "
                           "--set particles.count=20000 --out " +
                           out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto result = json(out / "result.json");
  const auto &particles = result["particles"], &density = result["density"];
  EXPECT_EQ(particles["absorption"], "bridge");
  const auto claim = claim_of(result, "particle-exits-agree");
  EXPECT_EQ(claim["evidence"], "statistical");
  double left = 0;
  for (const char* face : {"x_lower", "x_upper"}) {
    const auto& share = particles["absorbed"][face];
    ASSERT_EQ(share["value"].size(), result["times"].size());
    ASSERT_EQ(share["standard_error"].size(), result["times"].size());
    const double found = share["value"].back(), s = share["standard_error"].back();
    left += found;
    EXPECT_GT(found, 0.1);
    // 5 standard errors, and 3 % of bias; the claim measures the bias and is sharper.
    EXPECT_NEAR(found, density["absorbed"][face].back().get<double>(), 5 * s + 0.03 * found);
  }
  EXPECT_NEAR(left, particles["escaped"].back().get<double>() / 20000, 1e-12);
  const auto series = read(out / "series.csv");
  EXPECT_NE(series.substr(0, series.find('\n'))
                .find("particles.absorbed.x_upper,particles.absorbed.x_upper.standard_error"),
            std::string::npos);
  EXPECT_NE(read(out / "report.html").find("by particles"), std::string::npos);
}

TEST(ExitsRun, NotesExplosionsAndWhatToTry) {
  const auto folder = fresh_folder("explosions");
  write(folder / "case.toml", R"case(
[process]
variables = ["x"]
drift = ["log(abs(x - 0.3) - 0.1)"]
noise = [["0.5"]]
[domain]
x = { lower = -2, upper = 2, cells = 64 }
[initial]
gaussian = { mean = [0], sd = [0.3] }
[time]
end = 1
observe = 3
[density]
enabled = false
[particles]
count = 2000
step = 0.25
[observables]
mean = "x"
)case");
  // The drift is not a number within 0.1 of x = 0.3, where none of the points is at which a case is tried.
  const auto outcome =
      fpk("run " + (folder / "case.toml").string() + " --quiet --out " + (folder / "out").string());
  EXPECT_EQ(outcome.status, 1) << outcome.output;
  const auto result = json(folder / "out/result.json");
  EXPECT_GT(result["particles"]["exploded"].back(), 200);  // a sixth starts there
  EXPECT_FALSE(claim_of(result, "no-particle-exploded")["holds"]);
  ASSERT_FALSE(result["notes"].empty());
  const std::string note = result["notes"].back();
  EXPECT_NE(note.find("particles exploded"), std::string::npos) << note;
  EXPECT_NE(note.find("smaller particles.step than 0.25"), std::string::npos) << note;
}

TEST(ExitsRun, IsTheSameOnTwoProcesses) {
  const auto out = fresh_folder("exits-mpi");
  const std::string arguments = std::string("run ") + places::source +
                                "/data/cases/drift_between_exits.toml --quiet --set output.vtk=false "
                                "--set time.end=0.3 --set particles.count=200 --set domain.x.cells=20 --out ";
  ASSERT_EQ(fpk(arguments + (out / "one").string()).status, 0);
  ASSERT_EQ(mpi_fpk(arguments + (out / "two").string()).status, 0);
  const auto one = json(out / "one/result.json")["density"], two = json(out / "two/result.json")["density"];
  for (const char* face : {"x_lower", "x_upper"})
    EXPECT_NEAR(one["absorbed"][face].back().get<double>(), two["absorbed"][face].back().get<double>(),
                1e-12);
  EXPECT_EQ(json(out / "one/result.json")["particles"]["absorbed"],
            json(out / "two/result.json")["particles"]["absorbed"]);
}

}  // namespace
}  // namespace fpk::app
