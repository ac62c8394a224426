// fpk converge on learning rates, as its user runs it: summed over all batches, and sampled.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// The logistic loss of the shipped case, on a short way.
std::string case_of_orders(const std::string& sgd, const std::string& converge) {
  return R"toml(
[process]
variables = ["theta"]
data = { file = "rows.csv", columns = { a = "a", label = "label" } }
loss = "log(1 + exp(a*theta)) - label*a*theta"
regulariser = "theta^2 / 20"
[domain]
theta = { lower = -4, upper = 7, cells = 100 }
[initial]
point = [-0.8]
[time]
end = 1
[density]
enabled = false
[observables]
bounded = "tanh(theta)"
[sgd]
learning_rate = 0.25
batch = 2
model = "sme2"
)toml" + sgd +
         "\n[converge]\n" + converge + "\n";
}

constexpr const char* ladder = "learning_rates = [0.25, 0.125, 0.0625]\n";

std::filesystem::path folder_of(const std::string& name, const std::string& text) {
  auto folder = fresh_folder(name);
  write(folder / "rows.csv", "a,label\n-1.6,0\n-0.9,0\n-0.2,1\n0.3,0\n0.8,1\n1.4,1\n2.1,1\n");
  write(folder / "case.toml", text);
  return folder;
}

Outcome converge(const std::filesystem::path& folder, const std::string& options = "",
                 const std::string& out = "out") {
  return fpk("converge --quiet " + (folder / "case.toml").string() + " --out " + (folder / out).string() +
             " " + options);
}

TEST(SgdOrdersFiles, ASumOverAllBatchesLeavesItsPublicNames) {
  const auto folder =
      folder_of("orders-exact", case_of_orders("", std::string("method = \"operator\"\n") + ladder));
  const auto outcome = converge(folder);
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto found = json(folder / "out/convergence.json");
  const auto& sgd = found["sgd"];
  EXPECT_EQ(sgd["method"], "operator");
  EXPECT_EQ(sgd["learning_rates"].size(), 3U);
  EXPECT_EQ(sgd["error"].size(), 3U);
  EXPECT_FALSE(sgd.contains("chains"));
  for (const char* figure : {"bounded", "mean_theta", "variance_theta"}) {
    EXPECT_EQ(sgd["observables"][figure]["value"].size(), 3U) << figure;
    EXPECT_FALSE(sgd["observables"][figure].contains("standard_error")) << figure;
    for (const char* model : {"flow", "sme1", "sme2"}) {
      const auto& study = found["sgd-" + std::string(model) + "-" + figure];
      ASSERT_EQ(study["rows"].size(), 3U) << model << ' ' << figure;
      for (std::size_t l = 0; l < 3; ++l) {  // error = diffusion - chain, without chance
        const double chain = sgd["observables"][figure]["value"][l];
        EXPECT_NEAR(study["rows"][l]["error"].get<double>(),
                    study["rows"][l]["expectation"].get<double>() - chain, 1e-14);
        EXPECT_EQ(study["rows"][l]["lower"], study["rows"][l]["upper"]);
      }
    }
  }
  const auto csv = read(folder / "out/convergence_sgd.csv");
  EXPECT_EQ(csv.substr(0, csv.find('\n')),
            "figure,model,learning_rate,chain,diffusion,error,standard_error,chains");
  EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 3 * 3 * 3);
  EXPECT_NE(read(folder / "out/convergence.html").find("a slope of 1 verifies nothing about the noise"),
            std::string::npos);
}

TEST(SgdOrdersFiles, SampledChainsLeaveTheirNumberAndTheirStandardErrors) {
  const std::string sampled = std::string("half_width = 0.3\nbudget = 1e7\n") + ladder;
  const auto folder = folder_of("orders-sampled", case_of_orders("", "method = \"coupled\"\n" + sampled));
  const auto outcome = converge(folder);
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto found = json(folder / "out/convergence.json");
  const auto& sgd = found["sgd"];
  EXPECT_EQ(sgd["method"], "coupled");
  for (const auto& chains : sgd["chains"]) EXPECT_GE(chains, 16384);
  for (const char* figure : {"bounded", "mean_theta", "variance_theta"}) {
    const auto& of_chain = sgd["observables"][figure];
    ASSERT_EQ(of_chain["standard_error"].size(), 3U);
    for (const double left : of_chain["variance_left"]) EXPECT_LT(left, 0.3) << figure;
    const auto& study = found["sgd-sme2-" + std::string(figure)];
    for (std::size_t l = 0; l < 3; ++l) {
      const auto& row = study["rows"][l];
      EXPECT_EQ(row["standard_error"], of_chain["standard_error"][l]);
      // 1.96 standard errors, and what the diffusion is known to.
      EXPECT_GT(row["upper"].get<double>() - row["error"].get<double>(),
                1.95 * row["standard_error"].get<double>());
      EXPECT_LT(row["lower"].get<double>(), row["error"].get<double>());
    }
  }
  const auto csv = read(folder / "out/convergence_sgd.csv");
  EXPECT_NE(csv.find(fmt::format(",{}\n", sgd["chains"][0].get<int>())), std::string::npos);
  EXPECT_NE(read(folder / "out/convergence.html").find("sampled, with standard errors"), std::string::npos);

  // The same bits on one thread and on two processes.
  ASSERT_EQ(converge(folder, "--threads 1", "one").status, 0);
  ASSERT_EQ(
      mpi_fpk("converge --quiet " + (folder / "case.toml").string() + " --out " + (folder / "two").string())
          .status,
      0);
  for (const char* other : {"one", "two"})
    EXPECT_EQ(json(folder / other / "convergence.json")["sgd"], sgd) << other;
}

TEST(SgdOrdersFiles, ReshuffledEpochsAreSampled) {
  const std::string sampled = std::string("models = [\"flow\"]\nbudget = 2e6\n") + ladder;
  const auto folder = folder_of("orders-epochs", case_of_orders("sampling = \"reshuffle\"", sampled));
  const auto outcome = converge(folder);
  ASSERT_TRUE(std::filesystem::exists(folder / "out/convergence.json")) << outcome.output;
  const auto epochs = json(folder / "out/convergence.json")["sgd"]["observables"]["variance_theta"]["value"];
  converge(folder, "--set sgd.sampling=without-replacement", "independent");
  const auto independent =
      json(folder / "independent/convergence.json")["sgd"]["observables"]["variance_theta"]["value"];
  // Five epochs of three steps: the noise of an epoch nearly cancels.
  EXPECT_LT(epochs[2].get<double>(), 0.5 * independent[2].get<double>());
}

TEST(SgdOrdersFiles, WhatCannotBeSummedIsToldToBeSampled) {
  const auto folder =
      folder_of("orders-refused",
                case_of_orders("sampling = \"reshuffle\"", std::string("method = \"operator\"\n") + ladder));
  const auto outcome = converge(folder);
  EXPECT_EQ(outcome.status, 65);
  EXPECT_NE(outcome.output.find("the batches of a reshuffled epoch depend on each other"), std::string::npos)
      << outcome.output;
  EXPECT_NE(outcome.output.find("converge.method = \"coupled\""), std::string::npos) << outcome.output;
  EXPECT_FALSE(std::filesystem::exists(folder / "out/convergence.json"));
}

TEST(SgdOrdersFiles, ABadLadderIsRefusedAtItsPlace) {
  const auto refused = [](const std::string& converge_section, const std::string& what) {
    const auto text = case_of_orders("", converge_section);
    const auto folder = folder_of("orders-ladder", text);
    const auto line =
        1 + std::count(text.begin(),
                       text.begin() + static_cast<std::ptrdiff_t>(text.find("learning_rates =")), '\n');
    const auto outcome = converge(folder);
    EXPECT_EQ(outcome.status, 65) << what;
    EXPECT_NE(outcome.output.find(what), std::string::npos) << outcome.output;
    EXPECT_NE(outcome.output.find("case.toml:" + std::to_string(line) + ":"), std::string::npos)
        << outcome.output;
  };
  refused("learning_rates = [0.25, 0.125]", "2 learning rates tell no order");
  refused("learning_rates = [0.125, 0.25, 0.5]", "converge.learning_rates do not decrease");
  refused("learning_rates = [0.3, 0.2, 0.1]", "no whole number of steps at the learning rate 0.3");
  refused("learning_rates = [0.25, 0.125, -0.1]", "converge.learning_rates");
}

TEST(SgdOrdersFiles, AnUnknownModelIsRefused) {
  const auto folder =
      folder_of("orders-model", case_of_orders("", std::string("models = [\"sme3\"]\n") + ladder));
  const auto outcome = converge(folder);
  EXPECT_EQ(outcome.status, 65);
  EXPECT_NE(outcome.output.find("there is no model called sme3"), std::string::npos) << outcome.output;
}

}  // namespace
}  // namespace fpk::app
