// The public names of result.json and convergence.json, from real runs; and that a run repeats itself to the
// bit.
#include <gtest/gtest.h>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// The particles' and density's numbers of a run, without timings.
std::string numbers(const std::filesystem::path& out) {
  auto result = json(out / "result.json");
  for (const char* road : {"density", "particles"})
    if (result.contains(road)) result[road].erase("seconds");
  return result.dump(1);
}

TEST(Result, HoldsThePublicNames) {
  const auto folder = fresh_folder("result");
  write(folder / "case.toml", small_case());
  ASSERT_EQ(
      fpk("run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string()).status,
      0);
  const auto result = json(folder / "out/result.json");
  ASSERT_EQ(result["times"].size(), 5U);
  EXPECT_EQ(result["times"][4], 1.0);
  for (const char* name : {"cells", "propagator", "mass", "minimum", "observables", "seconds"})
    EXPECT_TRUE(result["density"].contains(name)) << name;
  for (const char* name : {"count", "scheme", "step", "observables", "escaped", "seconds"})
    EXPECT_TRUE(result["particles"].contains(name)) << name;
  EXPECT_EQ(result["particles"]["observables"]["right"]["value"].size(), 5U);
  EXPECT_EQ(result["particles"]["observables"]["right"]["standard_error"].size(), 5U);
  EXPECT_NEAR(result["stationary"]["observables"]["right"].get<double>(), 0.5,
              1e-12);  // the potential is even
  for (const char* pair : {"density_to_stationary", "particles_to_stationary", "particles_to_density"})
    for (const char* d : {"total_variation", "hellinger", "relative_entropy", "chi_squared",
                          "kolmogorov_smirnov", "wasserstein_1", "wasserstein_2"})
      EXPECT_EQ(result["distances"][pair][d].size(), 5U) << pair << ' ' << d;
  for (const auto& claim : result["claims"])
    for (const char* name : {"name", "sentence", "evidence", "measured", "allowed", "holds"})
      EXPECT_TRUE(claim.contains(name)) << name;
  EXPECT_GE(result["claims"].size(), 6U);
  EXPECT_EQ(result["verdict"], "holds");
}

TEST(Convergence, HoldsThePublicNamesAndThePromisedOrders) {
  const auto folder = fresh_folder("convergence");
  write(folder / "case.toml", small_case());
  const auto outcome =
      fpk("converge " + (folder / "case.toml").string() + " --out " + (folder / "out").string() +
          " --set 'process.potential=\"x^2/2 + 2*cos(x)\"' --set process.temperature=0.5" +
          " --set domain.x.lower=-9 --set domain.x.upper=9 --set particles.count=400000");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  const auto studies = json(folder / "out/convergence.json");
  for (const char* study : {"space", "weak"}) {
    ASSERT_TRUE(studies.contains(study));
    for (const char* name : {"rows", "order", "scheme", "method", "observable"})
      EXPECT_TRUE(studies[study].contains(name));
    for (const auto& row : studies[study]["rows"])
      for (const char* name : {"error", "lower", "upper", "expectation"})
        EXPECT_TRUE(row.contains(name)) << name;
  }
  EXPECT_NEAR(studies["space"]["order"]["value"].get<double>(), 2, 0.1);
  EXPECT_LE(studies["weak"]["order"]["lower"].get<double>(), 1);
  EXPECT_GE(studies["weak"]["order"]["upper"].get<double>(), 1);
  EXPECT_EQ(studies["weak"]["rows"][0]["step"], 0.2);
  for (const auto& row : studies["weak"]["rows"]) {
    const double samples = row["samples"], steps = 1 / row["step"].get<double>();
    EXPECT_GE(samples, 16384);  // the least of a rung
    EXPECT_NEAR(row["cost"].get<double>(), 3 * steps * samples,
                1e-6 * samples);  // one coarse step, two fine ones
    EXPECT_NEAR(row["upper"].get<double>() - row["error"].get<double>(),
                1.96 * row["standard_error"].get<double>(), 1e-3 * row["standard_error"].get<double>());
  }
  EXPECT_EQ(studies["weak"]["seed"], 1);
  EXPECT_EQ(studies["weak"]["noise"], "normal");
  EXPECT_EQ(studies["weak"]["half_width"], 0.05);
  EXPECT_TRUE(studies["weak"]["next_term_fitted"].is_boolean());
  EXPECT_EQ(studies["case"], "case");
  EXPECT_EQ(studies["title"], "A small double well");
  EXPECT_EQ(studies["fingerprint"].get<std::string>().size(), 16U);
  EXPECT_EQ(studies["claims"].size(), 2U);
  EXPECT_EQ(studies["verdict"], "holds");
  EXPECT_TRUE(studies["space"]["rows"][0].contains("cells"));
  for (const char* file :
       {"convergence_space.csv", "convergence_space.tex", "convergence_weak.csv", "convergence.html"})
    EXPECT_TRUE(std::filesystem::exists(folder / "out" / file)) << file;
}

TEST(Run, IsTheSameToTheBitForAnyNumberOfThreads) {
  const auto folder = fresh_folder("threads");
  write(folder / "case.toml", small_case());
  const std::string command = "run --quiet " + (folder / "case.toml").string() + " --out ";
  ASSERT_EQ(fpk(command + (folder / "one").string() + " --threads 1").status, 0);
  for (const char* threads : {"2", "4"}) {
    ASSERT_EQ(fpk(command + (folder / threads).string() + " --threads " + threads).status, 0);
    EXPECT_EQ(numbers(folder / "one"), numbers(folder / threads)) << threads << " threads";
  }
}

TEST(Run, OnTwoProcessesHasTheSameParticlesToTheBitAndTheSameDensityToRoundOff) {
  const auto folder = fresh_folder("processes");
  write(folder / "case.toml", small_case());
  const std::string command = "run --threads 1 " + (folder / "case.toml").string() + " --out ";
  ASSERT_EQ(fpk(command + (folder / "one").string()).status, 0);
  const auto outcome = mpi_fpk(command + (folder / "two").string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto one = json(folder / "one/result.json"), two = json(folder / "two/result.json");
  EXPECT_EQ(one["particles"]["observables"].dump(), two["particles"]["observables"].dump());
  for (std::size_t k = 0; k < 5; ++k)
    for (const char* name : {"right", "second_moment"}) {
      const double a = one["density"]["observables"][name][k], b = two["density"]["observables"][name][k];
      EXPECT_NEAR(a, b, 1e-12) << name;  // sums in another order
    }
  EXPECT_EQ(two["verdict"], "holds");
}

}  // namespace
}  // namespace fpk::app
