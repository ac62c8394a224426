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
}

}  // namespace
}  // namespace fpk::app
