// density.extrapolate and converge.fluxes, from the case file to the files that a run leaves.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"
#include "tests/places.hpp"

namespace fpk::app {
namespace {

using namespace testing;

const std::string springs = std::string(places::source) +
                            "/data/cases/coupled_springs.toml --quiet --set output.vtk=false "
                            "--set particles.count=100 --set time.observe=3 ";

TEST(ExtrapolatedRun, ComesWithAnErrorThatHoldsAgainstTheExactLaw) {
  const auto out = fresh_folder("extrapolated");
  const auto outcome = fpk("run " + springs + "--out " + out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto result = json(out / "result.json");
  const auto& density = result["density"];
  const auto& better = density["extrapolated"];
  EXPECT_EQ(better["cells"], (std::vector<int>{96, 96}));
  for (const char* name : {"x", "xy", "right_half"}) {
    const double exact = result["exact"]["observables"][name].back().get<double>();
    const auto& o = better["observables"][name];
    const double value = o["value"].back().get<double>(), error = o["error"].back().get<double>();
    const double plain = density["observables"][name].back().get<double>();
    // 1e-9: the tolerance in time, and the rounding of means on 9216 cells.
    EXPECT_LE(std::abs(value - exact), error + 1e-9) << name;
    EXPECT_LT(std::abs(value - exact), 0.1 * std::abs(plain - exact) + 1e-9) << name;
  }
  std::size_t claims = 0;
  for (const auto& claim : result["claims"])
    if (claim["name"] == "extrapolated-density-tends-to-exact-law") {
      ++claims;
      // The estimate is of the same size as the error.
      EXPECT_LT(claim["measured"].get<double>(), 20 * better["l1_error"].back().get<double>());
    }
  EXPECT_EQ(claims, 1U);
  const auto series = read(out / "series.csv");
  EXPECT_NE(series.find("density.extrapolated.xy,density.extrapolated.xy.error"), std::string::npos);
  const auto page = read(out / "report.html");
  EXPECT_NE(page.find("extrapolated</th>"), std::string::npos);
}

TEST(ExtrapolatedRun, IsTheSameOnTwoProcesses) {
  const auto out = fresh_folder("extrapolated-mpi");
  const std::string arguments = "run " + springs + "--set domain.x.cells=12 --set domain.y.cells=16 --out ";
  (void)fpk(arguments + (out / "one").string());  // too coarse for its claims
  (void)mpi_fpk(arguments + (out / "two").string());
  const auto one = json(out / "one/result.json")["density"]["extrapolated"],
             two = json(out / "two/result.json")["density"]["extrapolated"];
  EXPECT_NEAR(one["l1_error"].back().get<double>(), two["l1_error"].back().get<double>(), 1e-12);
  EXPECT_NEAR(one["observables"]["xy"]["value"].back().get<double>(),
              two["observables"]["xy"]["value"].back().get<double>(), 1e-12);
}

TEST(ExtrapolatedRun, SaysWhenItGoesBelowZero) {
  const auto out = fresh_folder("extrapolated-negative");
  // A narrow start on coarse cells, seen before it has spread.
  (void)fpk(std::string("run ") + places::source +
            "/data/cases/double_well.toml --quiet --set output.vtk=false --set domain.x.cells=32 --set "
            "'initial.gaussian.sd=[0.03]' --set time.end=0.03 --set particles.step=0.001 --set "
            "particles.count=100 --set density.extrapolate=true --out " +
            out.string());
  const auto result = json(out / "result.json");
  double least = 0;
  for (const auto& m : result["density"]["extrapolated"]["minimum"]) least = std::min(least, m.get<double>());
  EXPECT_LT(least, 0);
  EXPECT_NE(result["notes"].dump().find("goes below zero"), std::string::npos);
  EXPECT_NE(read(out / "report.html").find("below zero"), std::string::npos);
}

TEST(ExtrapolatedStudy, HasOrderFour) {
  const auto out = fresh_folder("extrapolated-study");
  const auto outcome =
      fpk("converge " + springs + "--set domain.x.cells=24 --set domain.y.cells=24 --out " + out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto study = json(out / "convergence.json");
  EXPECT_NEAR(study["space"]["order"]["value"].get<double>(), 2.0, 0.1);
  EXPECT_NEAR(study["space-extrapolated"]["order"]["value"].get<double>(), 4.0, 0.2);
}

TEST(FluxStudy, PutsEveryFluxBesideTheOthersOnTheSameGrids) {
  const auto out = fresh_folder("fluxes");
  const auto outcome = fpk(std::string("converge ") + places::source +
                           "/data/cases/heida_kantner_stephan.toml --out " + out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("Fluxes side by side"), std::string::npos);
  const auto study = json(out / "convergence.json");
  const auto& error = study["fluxes"]["error"];
  ASSERT_EQ(error.size(), 8U);
  for (const auto& [flux, errors] : error.items()) {
    EXPECT_EQ(errors.size(), study["fluxes"]["cells"].size()) << flux;
    EXPECT_NEAR(study["space-" + flux]["order"]["value"].get<double>(), 2.0, 0.1) << flux;
  }
  EXPECT_EQ(read(out / "convergence_fluxes.csv").substr(0, 21), "cells,width,blended,s");
  EXPECT_NE(read(out / "convergence.html").find("Fluxes side by side"), std::string::npos);
}

/// The errors of every flux on every grid of the shipped study, for waves of that height.
nlohmann::json errors_at(const std::string& height) {
  const auto out = fresh_folder("heida-" + height);
  (void)fpk(std::string("converge ") + places::source +
            "/data/cases/heida_kantner_stephan.toml --quiet --set process.parameters.height=" + height +
            " --out " + out.string());
  return json(out / "convergence.json")["fluxes"]["error"];
}

TEST(FluxStudy, FindsTheOrderingOfHeidaKantnerAndStephan) {
  const char *scharfetter_gummel = "point-scharfetter-gummel", *square_root = "square-root-approximation";
  const auto ratio = [&](const nlohmann::json& errors, std::size_t grid) {
    return errors[scharfetter_gummel][grid].get<double>() / errors[square_root][grid].get<double>();
  };
  // Small gradients: no choice is the best one. A quarter of the temperature favours the square root, a half
  // Scharfetter and Gummel. Large gradients: theirs is ahead on every grid, by a fifth at least.
  const auto small = errors_at("0.25"), medium = errors_at("0.5"), large = errors_at("8");
  for (std::size_t grid = 0; grid < 4; ++grid) {
    EXPECT_GT(ratio(small, grid), 1.005) << grid;
    EXPECT_LT(ratio(medium, grid), 0.995) << grid;
    EXPECT_LT(ratio(large, grid), 0.85) << grid;
    // What is known beyond the centres is worth more: the blend is ahead of both by far.
    EXPECT_LT(large["blended"][grid], 0.4 * large[scharfetter_gummel][grid].get<double>()) << grid;
  }
}

}  // namespace
}  // namespace fpk::app
