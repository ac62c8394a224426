// fpk passage as its user runs it: the public names of passage.json, the files beside it, and the same numbers on two
// processes.
#include <gtest/gtest.h>

#include "shell.hpp"
#include "tests/places.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// Few particles: a passage takes them far longer than a run does.
std::string passage_case(const std::string& particles = "count = 400") {
  std::string text = small_case();
  text.replace(text.find("count = 10_000"), std::string("count = 10_000").size(), particles);
  return text + "[passage]\nstart = [-1]\ntarget = \"x > 0.7\"\nsource = \"x < -0.8\"\ntimes = 11\n";
}

TEST(Passage, HoldsThePublicNames) {
  const auto folder = fresh_folder("passage");
  write(folder / "case.toml", passage_case());
  const auto result = answer("passage", folder, "out", "--set output.vtk=true");
  for (const char* name : {"case",
                           "version",
                           "cells",
                           "flux",
                           "start",
                           "target",
                           "source",
                           "mean",
                           "variance",
                           "probability",
                           "mean_error",
                           "quasi_stationary_rate",
                           "quasi_stationary_residual",
                           "committor_at_start",
                           "reactive_rate",
                           "reactive_rate_into_target",
                           "rate_forward",
                           "rate_backward",
                           "survival",
                           "correction",
                           "claims",
                           "notes",
                           "seconds"})
    EXPECT_TRUE(result.contains(name)) << name;
  EXPECT_FALSE(result.contains("exit"));  // no face absorbs
  for (const char* name : {"times", "probability", "density"})
    EXPECT_EQ(result["survival"][name].size(), 11U) << name;
  EXPECT_EQ(result["survival"]["probability"][0], 1.0);
  EXPECT_GE(result["claims"].size(), 3U);
  const auto csv = read(folder / "out/passage_survival.csv");
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 12);
  EXPECT_NE(read(folder / "out/passage.html").find("Density of the passage time"), std::string::npos);
  const auto vti = read(folder / "out/passage.vti");
  for (const char* field :
       {"mean_passage_time", "committor", "backward_committor", "reactive_flux", "quasi_stationary_density"})
    EXPECT_NE(vti.find(std::string("Name=\"") + field + "\""), std::string::npos) << field;
}

TEST(Passage, OfAnAbsorbingBoxAsksForNoTable) {
  const auto folder = fresh_folder("passage-box");
  write(folder / "case.toml", small_case());
  const auto result = answer("passage", folder, "out", "--set domain.x.upper_boundary=absorbing");
  EXPECT_EQ(result["probability"], 1.0);
  EXPECT_FALSE(result.contains("reactive_rate"));
}

TEST(Passage, TellsTheTargetFromTheFacesThatAbsorb) {
  const auto folder = fresh_folder("passage-both");
  write(folder / "case.toml", passage_case());
  const auto result =
      answer("passage", folder, "out", "--set domain.x.lower=-1.8 --set domain.x.lower_boundary=absorbing");
  EXPECT_LT(result["probability"], 1.0);
  EXPECT_GT(result["probability"], 0.1);
  EXPECT_EQ(result["survival"]["density_at_faces"].size(), 11U);
  EXPECT_LT(result["exit"]["mean"], result["mean"]);
  EXPECT_TRUE(result.contains("committor_at_start"));
  EXPECT_FALSE(result.contains("reactive_rate"));  // what is absorbed does not come back
}

TEST(Passage, IsTheSameOnTwoProcesses) {
  const auto folder = fresh_folder("passage-mpi");
  write(folder / "case.toml", passage_case());
  const auto one = answer("passage", folder, "one", ""),
             two = answer("passage", folder, "two", "--set output.vtk=true", true);
  for (const char* name : {"mean", "variance", "quasi_stationary_rate", "reactive_rate", "rate_forward",
                           "rate_backward"})  // sums in another order
    EXPECT_NEAR(two[name].get<double>() / one[name].get<double>(), 1, 1e-12) << name;
  for (std::size_t k = 0; k < 11; ++k)
    EXPECT_NEAR(two["survival"]["probability"][k].get<double>(),
                one["survival"]["probability"][k].get<double>(), 1e-12);
  EXPECT_NE(read(folder / "two/passage.pvti").find("passage_1.vti"), std::string::npos);
}

TEST(Passage, OfTheShippedUnderdampedCaseHasItsDistributionByTheLinearForm) {
  const auto out = fresh_folder("passage-kinetic");
  const auto outcome = fpk(std::string("passage ") + places::source +
                           "/data/cases/passage_underdamped.toml --set output.vtk=false --set "
                           "density.tolerance=1e-4 --set particles.count=300 --out " +
                           out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;  // its claims hold: two equations, two ends, one number
  EXPECT_NE(outcome.output.find("note: Fluxes that are limited"), std::string::npos) << outcome.output;
  const auto result = json(out / "passage.json");
  const double mean = result["mean"];
  const auto &times = result["survival"]["times"], &alive = result["survival"]["probability"];
  ASSERT_GT(times.size(), 20U);
  // The mean is the integral of survival: the trapezoidal rule, and the tail by the quasi-stationary rate.
  double integral = alive.back().get<double>() / result["quasi_stationary_rate"].get<double>();
  for (std::size_t k = 1; k < times.size(); ++k)
    integral += 0.5 * (times[k].get<double>() - times[k - 1].get<double>()) *
                (alive[k].get<double>() + alive[k - 1].get<double>());
  EXPECT_NEAR(integral / mean, 1, 0.02);  // (spacing / mean)^2 / 12 and the bend at the start
  EXPECT_LT(result["survival"]["negative"].get<double>(), 1e-2);
  // Almost exponential: the relaxation in the well is short beside the mean.
  EXPECT_NEAR(result["quasi_stationary_rate"].get<double>() * mean, 1, 0.1);
  EXPECT_GT(result["reactive_rate"].get<double>(), 0);
}

TEST(Passage, TakesParticlesBesideTheDensity) {
  const auto folder = fresh_folder("passage-particles");
  write(folder / "case.toml", passage_case("count = 4000"));
  const auto result = answer("passage", folder, "out", "");
  const auto& particles = result["particles"];
  for (const char* name : {"count", "scheme", "noise", "absorption", "step", "seed", "horizon", "survival",
                           "restricted_mean", "restricted_variance", "density_restricted_mean", "in_target",
                           "at_faces", "censored", "exploded", "seconds"})
    EXPECT_TRUE(particles.contains(name)) << name;
  for (const char* name : {"times", "value", "standard_error"})
    EXPECT_EQ(particles["survival"][name].size(), 11U) << name;
  EXPECT_EQ(particles["absorption"], "bridge");
  EXPECT_EQ(particles["horizon"], result["survival"]["times"].back());
  EXPECT_EQ(particles["exploded"], 0);
  const double mean = particles["restricted_mean"]["value"],
               s = particles["restricted_mean"]["standard_error"];
  EXPECT_NEAR(mean, particles["density_restricted_mean"].get<double>(), 5 * s + 0.03 * mean);
  EXPECT_LT(mean, result["mean"].get<double>() + 5 * s);
  EXPECT_NEAR(particles["in_target"]["value"].get<double>() + particles["censored"].get<double>() / 4000, 1,
              1e-12);
  bool claimed = false;
  for (const auto& claim : result["claims"]) claimed = claimed || claim["name"] == "particle-passage-agrees";
  EXPECT_TRUE(claimed);
  const auto csv = read(folder / "out/passage_survival.csv");
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "time,survival,density,particles.survival,particles.survival.standard_error");
  EXPECT_NE(read(folder / "out/passage.html").find("survival by particles"), std::string::npos);
}

TEST(Passage, FollowsParticlesUpToTheHorizonAndSaysWhereStepsEnd) {
  const auto folder = fresh_folder("passage-horizon");
  write(folder / "case.toml", passage_case("count = 4000"));
  const auto result =
      answer("passage", folder, "out", "--set passage.horizon=1.5 --set particles.absorption=end-of-step");
  EXPECT_EQ(result["particles"]["horizon"], 1.5);
  EXPECT_EQ(result["particles"]["absorption"], "end-of-step");
  EXPECT_EQ(result["particles"]["survival"]["times"].back(), 1.5);
  EXPECT_NE(result["notes"].dump().find("seen where a step ends"), std::string::npos);
}

TEST(Passage, FromASetTakesNoParticlesAndSaysSo) {
  const auto folder = fresh_folder("passage-set");
  write(folder / "case.toml", passage_case("count = 4000"));
  const auto result = answer("passage", folder, "out", "--set passage.start='x < -0.9'");
  EXPECT_FALSE(result.contains("particles"));
  EXPECT_NE(result["notes"].dump().find("The particles took no passage"), std::string::npos);
}

TEST(Passage, RefusesWhatItCannotDo) {
  const auto folder = fresh_folder("passage-refused");
  write(folder / "case.toml", small_case());
  const auto run = [&](const std::string& options) {
    return fpk("passage " + (folder / "case.toml").string() + " " + options);
  };
  const auto closed = run("");
  EXPECT_EQ(closed.status, 65);
  EXPECT_NE(closed.output.find("add [passage]"), std::string::npos) << closed.output;
  write(folder / "case.toml", passage_case());
  EXPECT_EQ(run("--set passage.target='x>5'").status, 65);
}

}  // namespace
}  // namespace fpk::app
