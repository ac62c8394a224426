// Cases with data and [sgd], run by the program: public names, and that polynomials in place of sums change no more than they say.
#include <cmath>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// A logistic regression on twelve of the rows that stand in the file, chosen and derived in every way that a case knows.
std::string small_sgd_case(const std::string& data = "", const std::string& rest = "") {
  return R"toml(
[process]
variables = ["v", "w"]
loss = "log(1 + exp(-(v*p + w*q)))"
regulariser = "0.1*(v^2 + w^2)"
[process.data]
file = "rows.csv"
rows = "label != 2"
columns = { f = { name = "f", standardise = true }, g = "g", label = "label" }
derived = { p = "(2*label - 1)*f", q = { formula = "(2*label - 1)*log(g)", standardise = true } }
)toml" + data +
         R"toml(
[sgd]
learning_rate = 0.2
batch = 2
model = "sme2"
replicas = 4000
[domain]
v = { lower = -3, upper = 3, cells = 40 }
w = { lower = -3, upper = 3, cells = 40 }
[initial]
gaussian = { mean = [0.3, -0.4], sd = [0.25, 0.25] }
[time]
end = 2
observe = 3
[particles]
count = 2000
step = 0.1
[observables]
v = "v"
product = "v*w"
)toml" + rest;
}

std::filesystem::path folder_with_rows(const std::string& name) {
  auto folder = fresh_folder(name);
  std::string rows = "f,g,label\n";
  for (int k = 0; k < 14; ++k)
    rows += std::to_string(std::sin(2.3 * k)) + ',' + std::to_string(1.2 + std::cos(1.1 * k)) + ',' +
            std::to_string(k % 7 == 6 ? 2 : k % 2) + '\n';
  write(folder / "rows.csv", rows);
  return folder;
}

nlohmann::json run(const std::filesystem::path& folder, const std::string& text,
                   const std::string& options = "") {
  write(folder / "case.toml", text);
  const auto outcome = fpk("run --quiet " + (folder / "case.toml").string() + " --out " +
                           (folder / "out").string() + " " + options);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  return json(folder / "out/result.json");
}

TEST(Sgd, LeavesItsPublicNames) {
  const auto result = run(folder_with_rows("sgd"), small_sgd_case());
  for (const char* name :
       {"model", "learning_rate", "step", "rows", "batch", "sampling", "momentum", "nesterov", "temperature",
        "svag", "replicas", "seed", "times", "steps", "observables", "exploded", "outside", "seconds"})
    EXPECT_TRUE(result["sgd"].contains(name)) << name;
  EXPECT_EQ(result["sgd"]["rows"], 12);
  EXPECT_EQ(result["sgd"]["steps"].back(), 10);
  EXPECT_EQ(result["sgd"]["observables"]["product"]["standard_error"].size(), 3U);
  EXPECT_FALSE(result.contains("surrogate"));
}

TEST(Sgd, HasTheSameChainsOnTwoProcesses) {
  const auto folder = folder_with_rows("sgd_two");
  auto one = run(folder, small_sgd_case());
  const auto outcome =
      mpi_fpk("run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "two").string());
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  EXPECT_EQ(one["sgd"]["observables"], json(folder / "two/result.json")["sgd"]["observables"]);
}

TEST(Surrogate, StatesItsErrorsAndChangesDensityAndParticlesNoMore) {
  const auto exact = run(folder_with_rows("exact"), small_sgd_case());
  const auto near = run(folder_with_rows("near"), small_sgd_case("surrogate = 1e-7\n"));
  const auto& facts = near["surrogate"];
  for (const char* error : {"drift_error", "noise_error"}) {
    EXPECT_GT(facts[error], 0.0);
    EXPECT_LE(facts[error], 1e-7);
  }
  EXPECT_LE(facts["drift_degree"], 32);
  for (const char* road : {"density", "particles"})
    for (const char* name : {"v", "product"}) {
      const auto last = [&](const nlohmann::json& result) {
        const auto& series = result[road]["observables"][name];
        return (series.is_array() ? series : series["value"]).back().get<double>();
      };
      const double a = last(exact), b = last(near);
      // Drift and covariance are of size 1, for a time of 2: a hundred times the tolerance leaves room for both.
      EXPECT_NEAR(a, b, 1e-5) << road << ' ' << name;
      EXPECT_NE(a, b);
    }
  // The chain is the algorithm itself, on the rows.
  EXPECT_EQ(exact["sgd"]["observables"], near["sgd"]["observables"]);
}

TEST(Surrogate, IsRefusedWithReasonWhereNoneIsNear) {
  const auto folder = folder_with_rows("refused");
  const auto refused = [&](std::string text, const std::string& from, const std::string& to) {
    if (const auto at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
    write(folder / "case.toml", text);
    const auto outcome = fpk("run --quiet " + (folder / "case.toml").string());
    EXPECT_EQ(outcome.status, 65);
    return outcome.output;
  };
  const auto text = small_sgd_case("surrogate = 1e-6\n");
  const auto kink = refused(text, "log(1 + exp(-(v*p + w*q)))", "abs(v*p + w*q - 1)");
  EXPECT_NE(kink.find(":11:13: no surrogate within 1e-06 of the drift"), std::string::npos) << kink;
  EXPECT_NE(
      refused(text, "v = { lower = -3, upper = 3, cells = 40 }\nw = { lower = -3, upper = 3, cells = 40 }",
              "v = { lower = \"auto\", upper = 3, cells = 40 }\nw = { lower = -3, upper = 3, cells = 40 }")
          .find("wants a domain in numbers"),
      std::string::npos);
  EXPECT_NE(refused(text, "learning_rate = 0.2", "learning_rate = \"0.2/(1 + t)\"").find("depend on time"),
            std::string::npos);
}

}  // namespace
}  // namespace fpk::app
