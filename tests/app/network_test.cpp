// fpk network as its user runs it.
#include <gtest/gtest.h>

#include "tests/app/shell.hpp"

namespace fpk::app {
namespace {

using testing::fresh_folder;
using testing::json;
using testing::read;
using testing::write;

/// Two interleaved arcs of 60 rows, 3 hidden units: 2*3 + 3 + 3*2 + 2 = 17 parameters.
void write_case(const std::filesystem::path& folder, const std::string& more = "") {
  std::string csv = "x,y,class\n";
  for (int i = 0; i < 60; ++i) {
    const double s = 0.1 * (i / 2), bend = 0.3 * std::sin(7.3 * i);
    csv += i % 2 == 0
               ? std::to_string(std::cos(s) + bend) + "," + std::to_string(std::sin(s)) + ",0\n"
               : std::to_string(1 - std::cos(s) - bend) + "," + std::to_string(0.5 - std::sin(s)) + ",1\n";
  }
  write(folder / "arcs.csv", csv);
  write(folder / "case.toml", R"(title = "Two arcs"
[network]
hidden = 3
weight_decay = 0.02
modes = 4
[network.data]
file = "arcs.csv"
label = "class"
held_out = 12
[network.training]
learning_rate = 0.2
batch = 4
temperature = 1e-4
steps = 200
replicas = 3
observe = 5
polish = 400
[network.noise]
batches = [1, 8]
samples = 300
references = 100
[network.reduction]
learning_rate = 0.05
batch = 4
steps = 60
observe = 2
replicas = 100
degree = 6
cells = 48
)" + more);
}

/// All but times taken.
nlohmann::json without_seconds(nlohmann::json j) {
  j.erase("seconds");
  for (const char* part : {"training", "hessian", "noise", "reduction"}) j[part].erase("seconds");
  return j;
}

TEST(Network, LeavesItsFilesAndTheSameBitsForAnyNumberOfThreads) {
  const auto folder = fresh_folder("network");
  write_case(folder);
  for (const char* threads : {"1", "3"}) {
    const auto outcome = testing::fpk("network --quiet " + (folder / "case.toml").string() + " --threads " +
                                      threads + " --out " + (folder / threads).string());
    ASSERT_EQ(outcome.status, 0) << outcome.output;
  }
  const auto one = json(folder / "1/network.json");
  EXPECT_EQ(without_seconds(one), without_seconds(json(folder / "3/network.json")));
  EXPECT_EQ(read(folder / "1/network_curves.csv"), read(folder / "3/network_curves.csv"));
  EXPECT_EQ(one["parameters"], 17);
  EXPECT_EQ(one["training_rows"], 48);
  EXPECT_EQ(one["training"]["sgd"]["loss"]["mean"].size(), 5U);
  // Training has learned something: less than the ln 2 of a coin.
  EXPECT_LT(one["training"]["sgd"]["loss"]["mean"].back(), 0.6);
  EXPECT_EQ(one["hessian"]["modes"].size(), 4U);
  EXPECT_EQ(one["noise"]["directions"].size(), 4U);
  EXPECT_EQ(one["reduction"]["times"].size(), 2U);
  EXPECT_LT(one["trained"]["gradient_norm"], 1e-3);
  EXPECT_NE(read(folder / "1/network.html").find("Two directions of 17"), std::string::npos);
}

// Chains are the same; the density's sums are shared out, which is a matter of rounding.
TEST(Network, SaysTheSameOnTwoProcesses) {
  const auto folder = fresh_folder("network_mpi");
  write_case(folder);
  const auto arguments = "network --quiet --threads 1 " + (folder / "case.toml").string() + " --out ";
  const auto single = testing::fpk(arguments + (folder / "one").string());
  const auto both = testing::mpi_fpk(arguments + (folder / "two").string());
  ASSERT_EQ(single.status, 0) << single.output;
  ASSERT_EQ(both.status, 0) << both.output;
  const auto one = json(folder / "one/network.json"), two = json(folder / "two/network.json");
  EXPECT_EQ(one["training"]["sgd"]["loss"], two["training"]["sgd"]["loss"]);
  for (std::size_t k = 0; k < 2; ++k) {
    const auto &a = one["reduction"]["times"][k], &b = two["reduction"]["times"][k];
    EXPECT_EQ(a["chain"], b["chain"]);
    EXPECT_EQ(a["frozen"], b["frozen"]);
    for (const char* moment : {"mean_1", "mean_2", "covariance_11", "covariance_12", "covariance_22"})
      EXPECT_NEAR(a["density"][moment].get<double>(), b["density"][moment].get<double>(), 1e-10);
  }
}

TEST(Network, RefusesWhatIsWrongWithItsPlace) {
  const auto folder = fresh_folder("network_bad");
  write_case(folder);
  const auto file = (folder / "case.toml").string();
  const auto run = [&](const std::string& options) {
    return testing::fpk("network --quiet " + file + " " + options);
  };
  const auto expect = [&](const testing::Outcome& outcome, const std::string& words) {
    EXPECT_EQ(outcome.status, 65);
    EXPECT_NE(outcome.output.find(words), std::string::npos) << outcome.output;
  };
  expect(run("--set network.hidden=0"), "network.hidden cannot be 0");
  expect(run("--set network.data.label=clas"), "has no column clas; did you mean class?");
  expect(run("--set network.data.held_out=59"), "59 of 60 rows held out leave none to train on");
  expect(run("--set network.reduction.observe=7"), "60 steps cannot be cut into 7 equal parts");
  expect(run("--set network.traning.steps=7"), "did you mean training?");
  write_case(folder, "[time]\nend = 1\n");
  expect(run(""), "case.toml:30:2: time does not go with [network]");
  write_case(folder);
  expect(testing::fpk("run " + file),
         "case.toml:2:1: this is the case of a network; run it with fpk network");
  write(folder / "other.toml", testing::small_case());
  expect(testing::fpk("network " + (folder / "other.toml").string()), "there is no [network]");
  write(folder / "arcs.csv", "x,y,class\n1,2,0\n1,2,0.5\n");
  expect(run(""), "case.toml:8:9: ");
}

// The shipped case, smaller: the same network on the same data.
TEST(Network, TheDigitsCaseHoldsItsClaims) {
  const auto folder = fresh_folder("digits");
  const auto outcome =
      testing::fpk("network --quiet --threads 1 " + std::string(places::source) +
                   "/data/cases/network/digits.toml --set network.training.steps=400 --set "
                   "network.training.replicas=1 --set network.training.polish=100 --set network.modes=4 "
                   "--set network.reduction.replicas=40 --set network.reduction.steps=40 --set "
                   "network.reduction.degree=6 --set network.noise.samples=500 --out " +
                   folder.string());
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  const auto j = json(folder / "network.json");
  EXPECT_EQ(j["parameters"], 2260);
  EXPECT_EQ(j["training_rows"], 1437);
  EXPECT_GT(j["trained"]["held_out_accuracy"], 0.9);
}

}  // namespace
}  // namespace fpk::app
