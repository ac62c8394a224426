// fpk sweep: a command over lists of values, its table, what it keeps and how it ends.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/exit_status.hpp"
#include "app/sweep/plan.hpp"
#include "app/sweep/result_path.hpp"
#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;
using nlohmann::ordered_json;

TEST(SweepPlan, TakesEveryCombinationTheLastKeyFastest) {
  const auto plan = read_plan({"a=[1, 2]", "b=[x, y, z]"});
  ASSERT_EQ(plan.runs(), 6U);
  EXPECT_EQ(plan.overrides(0), (std::vector<std::string>{"a=1", "b=x"}));
  EXPECT_EQ(plan.overrides(1), (std::vector<std::string>{"a=1", "b=y"}));
  EXPECT_EQ(plan.overrides(5), (std::vector<std::string>{"a=2", "b=z"}));
}

TEST(SweepPlan, SplitsAtCommasThatNothingEncloses) {
  const auto plan = read_plan({R"(k=[atan2(y, x), [1, 2], "a, b", 'c]', "d\", e"])"});
  EXPECT_EQ(plan.keys[0].values,
            (std::vector<std::string>{"atan2(y, x)", "[1, 2]", "\"a, b\"", "'c]'", "\"d\\\", e\""}));
}

/// Whatever lists of plain values are given, each combination comes once.
RC_GTEST_PROP(SweepPlan, MeetsEachCombinationOnce, ()) {
  std::vector<std::string> over;
  std::size_t product = 1;
  const auto keys = *rc::gen::inRange(1, 4);
  for (int k = 0; k < keys; ++k) {
    const auto values = *rc::gen::inRange<std::size_t>(1, 6);
    std::string list;
    for (std::size_t v = 0; v < values; ++v) list.append(v == 0 ? "" : ",").append(std::to_string(v));
    over.push_back(fmt::format("k{}=[{}]", k, list));
    product *= values;
  }
  const auto plan = read_plan(over);
  RC_ASSERT(plan.runs() == product);
  std::vector<std::vector<std::string>> seen;
  for (std::size_t r = 0; r < plan.runs(); ++r) seen.push_back(plan.values(r));
  std::sort(seen.begin(), seen.end());
  RC_ASSERT(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
}

TEST(SweepPlan, RefusesWhatIsNoListAndSaysWhatToWrite) {
  for (const char* bad : {"a", "=[1]", "a=1", "a=[1", "a=[]", "a=[1,,2]", "a=[(1, 2]", "a=[1)]", "a=[\"x]"}) {
    try {
      read_plan({bad});
      ADD_FAILURE() << bad;
    } catch (const WrongUsage& e) {
      EXPECT_NE(std::string(e.what()).find("write for example --over"), std::string::npos) << e.what();
    }
  }
  EXPECT_THROW(read_plan({}), WrongUsage);
  EXPECT_THROW(read_plan({"a=[1]", "a=[2]"}), WrongUsage);
  std::string many = "1";
  for (int k = 0; k < 40; ++k) many += ",1";
  EXPECT_THROW(read_plan({fmt::format("a=[{}]", many), fmt::format("b=[{}]", many)}),
               WrongUsage);  // 1681 runs
}

const ordered_json answer_like = ordered_json::parse(R"({
  "times": [0, 1, 2],
  "density": {"observables": {"b": [1, 2, 3], "a": [4, 5, null]}},
  "particles": {"observables": {"b": {"value": [1, 2, 3.5], "standard_error": [0, 0.1, 0.2]}}},
  "mean": 7, "mean_error": 0.5, "verdict": "holds", "order": {"value": 2.1, "lower": 2, "upper": 2.2},
  "claims": [{"name": "mass", "measured": 1e-16, "holds": true}, {"name": "means", "measured": 3, "holds": false}]})");

TEST(ResultPath, FindsNumbersAndTheErrorsBesideThem) {
  const auto one = [&](const std::string& path) {
    const auto found = find_results(answer_like, path);
    EXPECT_EQ(found.size(), 1U) << path;
    return found.empty() ? io::SweptResult{} : found.front();
  };
  EXPECT_EQ(one("density.observables.b").value, 3);
  EXPECT_EQ(one("density.observables.b[0]").value, 1);
  EXPECT_EQ(one("density.observables.b[-2]").value, 2);
  EXPECT_FALSE(one("density.observables.b").error);
  EXPECT_EQ(one("particles.observables.b").value, 3.5);
  EXPECT_EQ(one("particles.observables.b").error, 0.2);
  EXPECT_EQ(one("particles.observables.b.value[1]").error, 0.1);
  EXPECT_EQ(one("mean").error, 0.5);
  EXPECT_EQ(one("order").value, 2.1);
  EXPECT_EQ(one("claims[means].measured").value, 3);
  EXPECT_EQ(one("claims[0].holds").value, 1);
  EXPECT_TRUE(std::isnan(one("density.observables.a").value));
}

TEST(ResultPath, KeepsTheOrderOfTheAnswerForAStar) {
  const auto found = find_results(answer_like, "*.observables.*");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].path, "density.observables.b");
  EXPECT_EQ(found[1].path, "density.observables.a");
  EXPECT_EQ(found[2].path, "particles.observables.b");
}

TEST(ResultPath, SaysWhereAPathLeavesTheAnswer) {
  for (const char* bad :
       {"verdict", "density.observables", "density.observables.c", "times[7]", "claims[x]", "times.x", ""})
    EXPECT_TRUE(find_results(answer_like, bad).empty()) << bad;
  EXPECT_EQ(why_nothing(answer_like, "density.observables.c", "result.json"),
            "there is no c in observables, which has b, a");
  EXPECT_EQ(why_nothing(answer_like, "claims[x]", "result.json"),
            "there is no [x] in claims, which has [mass], [means]");
}

std::string sweep_of(const std::filesystem::path& folder, const std::string& options) {
  return "sweep " + (folder / "case.toml").string() + " --out " + (folder / "out").string() + " " + options;
}

nlohmann::json run_alone(const std::filesystem::path& folder, const std::string& options) {
  const auto out = folder / "alone";
  EXPECT_EQ(
      fpk("run --quiet " + (folder / "case.toml").string() + " --out " + out.string() + " " + options).status,
      0);
  return json(out / "result.json");
}

TEST(Sweep, TabulatesWhatEachRunAloneWouldSay) {
  const auto folder = fresh_folder("sweep");
  write(folder / "case.toml", small_case());
  const auto outcome =
      fpk(sweep_of(folder, "--over \"process.temperature=[0.25, 0.5]\" --over particles.count=[1000,2000]"));
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("run = 4 of 4"), std::string::npos) << outcome.output;
  const auto sweep = json(folder / "out/sweep.json");
  ASSERT_EQ(sweep["runs"].size(), 4U);
  const auto& third = sweep["runs"][2];
  EXPECT_EQ(third["values"]["process.temperature"], 0.5);
  EXPECT_EQ(third["values"]["particles.count"], 1000);
  EXPECT_EQ(third["status"], 0);
  const auto alone = run_alone(folder, "--set process.temperature=0.5 --set particles.count=1000");
  const auto& particles = alone["particles"]["observables"]["right"];
  EXPECT_EQ(third["results"]["density.observables.right"]["value"],
            alone["density"]["observables"]["right"].back());
  EXPECT_EQ(third["results"]["particles.observables.right"]["value"], particles["value"].back());
  EXPECT_EQ(third["results"]["particles.observables.right"]["error"], particles["standard_error"].back());
  const auto csv = read(folder / "out/sweep.csv");
  EXPECT_EQ(csv.find("run,process.temperature,particles.count,status,density.right,"), 0U) << csv;
  EXPECT_NE(csv.find("\n003,0.5,1000,0,"), std::string::npos) << csv;
  const auto page = read(folder / "out/report.html");
  EXPECT_NE(page.find("<svg"), std::string::npos);
  EXPECT_NE(page.find("particles.count = 2000"),
            std::string::npos);  // a curve for each value of the second key
}

TEST(Sweep, RepeatsAnotherCommandAndShowsWhatIsAsked) {
  const auto folder = fresh_folder("sweep_spectrum");
  write(folder / "case.toml", small_case());
  const auto outcome = fpk(sweep_of(
      folder, "--command spectrum --over \"process.temperature=[0.25, 0.5]\" --show gap --show gep"));
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("--show gep: there is no gep in spectrum.json, which has case"),
            std::string::npos)
      << outcome.output;
  const auto runs = json(folder / "out/sweep.json")["runs"];
  for (const auto& run : runs) {
    const auto gap = json(folder / "out" / run["folder"].get<std::string>() / "spectrum.json");
    EXPECT_EQ(run["results"]["gap"]["value"], gap["gap"]);
    EXPECT_EQ(run["results"]["gap"]["error"], gap["gap_error"]);
  }
}

TEST(Sweep, GoesOnPastARunThatFailsAndSaysSo) {
  // A time step longer than the run is refused, a quartic well at a step beyond stability refutes a claim.
  const auto folder = fresh_folder("sweep_fails");
  write(folder / "case.toml", small_case());
  const auto options = std::string(
      "--set particles.count=1000 --set domain.x.cells=400 --set domain.x.lower=-50 "
      "--set domain.x.upper=50 --set time.end=9 ");
  const auto fails = fpk(sweep_of(folder, options + "--over particles.step=[0.9,0.01]"));
  EXPECT_EQ(fails.status, 1) << fails.output;
  const auto refused = fpk(sweep_of(folder, options + "--over particles.step=[100,0.9,0.01]"));
  EXPECT_EQ(refused.status, 70) << refused.output;
  EXPECT_NE(refused.output.find("--set particles.step=100"), std::string::npos) << refused.output;
  const auto runs = json(folder / "out/sweep.json")["runs"];
  EXPECT_EQ(runs[0]["status"], 65);
  EXPECT_NE(runs[0]["complaint"].get<std::string>().find("particles.step"), std::string::npos);
  EXPECT_EQ(runs[1]["status"], 1);
  EXPECT_FALSE(runs[1]["failing"].empty());
  EXPECT_EQ(runs[2]["status"], 0);
}

TEST(Sweep, IsRefusedWhereNoRunIsSound) {
  const auto folder = fresh_folder("sweep_refused");
  write(folder / "case.toml", small_case());
  const auto outcome = fpk(sweep_of(folder, "--over process.temprature=[1,2]"));
  EXPECT_EQ(outcome.status, 65) << outcome.output;
  EXPECT_NE(outcome.output.find("--set process.temprature=1: unknown key"), std::string::npos)
      << outcome.output;
  EXPECT_NE(outcome.output.find("did you mean temperature?"), std::string::npos) << outcome.output;
  EXPECT_FALSE(std::filesystem::exists(folder / "out/sweep.json"));
  EXPECT_EQ(fpk(sweep_of(folder, "")).status, 64);
  EXPECT_EQ(fpk(sweep_of(folder, "--over process.temperature=1")).status, 64);
  const auto command = fpk(sweep_of(folder, "--over process.temperature=[1] --command check"));
  EXPECT_EQ(command.status, 64);
  EXPECT_NE(command.output.find("run, converge, spectrum"), std::string::npos) << command.output;
}

TEST(Sweep, KeepsFinishedRunsOnResumeAndNoOthers) {
  const auto folder = fresh_folder("sweep_resume");
  write(folder / "case.toml", small_case());
  const std::string first = "--command spectrum --quiet --over process.temperature=[0.25,0.5]";
  ASSERT_EQ(fpk(sweep_of(folder, first)).status, 0);
  const auto file = folder / "out/001/spectrum.html";  // a second run would write it anew
  std::filesystem::remove(file);
  const std::string more = "--command spectrum --quiet --resume --over process.temperature=[0.25,0.5,1]";
  ASSERT_EQ(fpk(sweep_of(folder, more)).status, 0);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_EQ(json(folder / "out/sweep.json")["runs"].size(), 3U);
  EXPECT_GT(json(folder / "out/sweep.json")["runs"][0]["results"]["gap"]["value"], 0);
  ASSERT_EQ(fpk(sweep_of(folder, more + " --set domain.x.cells=32")).status,
            0);  // another case: nothing is kept
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST(MpiSweep, SaysTheSameOnTwoProcesses) {
  const auto folder = fresh_folder("sweep_mpi");
  write(folder / "case.toml", small_case());
  const std::string over = "--quiet --over process.temperature=[0.25,0.5] --show density.observables.right";
  ASSERT_EQ(fpk(sweep_of(folder, over)).status, 0);
  const auto one = json(folder / "out/sweep.json");
  const auto outcome = mpi_fpk(sweep_of(folder, over));
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto two = json(folder / "out/sweep.json");
  for (std::size_t k = 0; k < 2; ++k) {
    const double a = one["runs"][k]["results"]["density.observables.right"]["value"],
                 b = two["runs"][k]["results"]["density.observables.right"]["value"];
    EXPECT_NEAR(a, b, 1e-11);  // docs: densities agree to that on several processes
  }
}

}  // namespace
}  // namespace fpk::app
