// What mirroring at a reflecting face does to the weak order, as the judge of a run, of an estimate and of a study of orders knows it.
#include <gtest/gtest.h>

#include <cmath>

#include "shell.hpp"

namespace fpk::app {
namespace {

using namespace testing;

/// dX = (1 - 3 X) dt + 0.8 dW in [0, 1], on few particles or many.
std::string between_walls(const std::string& particles) {
  return R"toml(title = "A drift into both walls"
[process]
variables = ["x"]
drift = ["1 - 3*x"]
noise = [["0.8"]]
[domain]
x = { lower = 0, upper = 1, cells = 200 }
[initial]
gaussian = { mean = [0.3], sd = [0.03] }
[time]
end = 0.5
observe = 2
[particles]
step = 0.0625
)toml" + particles +
         R"toml(
[observables]
wave = "cos(3.141592653589793*x)"
[converge]
refinements = 3
steps = [0.125, 0.0625, 0.03125, 0.015625]
observable = "wave"
[output]
vtk = false
)toml";
}

std::filesystem::path folder_with(const std::string& name, const std::string& text) {
  const auto folder = fresh_folder("mirrored-" + name);
  write(folder / "case.toml", text);
  return folder;
}

nlohmann::json claim(const nlohmann::json& result, const std::string& name) {
  for (const auto& c : result["claims"])
    if (c["name"] == name) return c;
  ADD_FAILURE() << "no claim " << name;
  return {};
}

// The scheme exact in law has a bias of first order here, 2 d and not d of the difference d of a halved step: 10 standard errors
// that would else be taken for a disagreement of the roads.
TEST(MirroredPaths, OfAnExactSchemeRaiseNoFalseAlarm) {
  const auto folder =
      folder_with("run", between_walls("count = 1_000_000\nscheme = \"ornstein-uhlenbeck\"\n"));
  const auto outcome =
      fpk("run --quiet " + (folder / "case.toml").string() + " --out " + (folder / "out").string());
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  const auto means = claim(json(folder / "out/result.json"), "particle-means-agree");
  EXPECT_TRUE(means["holds"]) << means;
}

TEST(MirroredPaths, LeaveABiasToTheEstimateOfAnExactScheme) {
  const auto folder = folder_with("estimate", between_walls("scheme = \"ornstein-uhlenbeck\"\n"));
  const auto result = answer("estimate", folder, "out", "--tolerance 1e-3");
  EXPECT_EQ(result["rates"]["promised_alpha"], 1);
  EXPECT_GT(result["bias"].get<double>(), 0);
  EXPECT_TRUE(claim(result, "estimate-agrees")["holds"]);
  EXPECT_NE(result["notes"].dump().find("mirrored"), std::string::npos);
}

TEST(MirroredPaths, LowerThePromiseOfAStudyOfOrders) {
  const auto folder = folder_with("converge", between_walls("scheme = \"platen-weak-2\"\n"));
  for (const char* method : {"operator", "coupled"}) {
    const auto outcome =
        fpk("converge --quiet " + (folder / "case.toml").string() + " --out " + (folder / method).string() +
            " --set density.enabled=false --set converge.half_width=0.15 --set converge.method=" + method);
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    const auto weak = json(folder / method / "convergence.json")["weak"];
    EXPECT_EQ(weak["promised"], 1) << method;
    EXPECT_EQ(weak["at_least"], true) << method;
    EXPECT_NE(weak["remark"].get<std::string>().find("mirrored"), std::string::npos) << weak["remark"];
  }
}

// A box that the law never feels costs no order: the own order of the scheme, 2, not 1.
TEST(NoMirroredPaths, LeaveASchemeItsOrder) {
  auto text = between_walls("scheme = \"platen-weak-2\"\n");
  text.replace(text.find("lower = 0, upper = 1"), 20, "lower = -9, upper = 9");
  const auto folder = folder_with("free", text);
  const auto result = answer("estimate", folder, "out", "--tolerance 1e-2");
  EXPECT_EQ(result["rates"]["promised_alpha"], 2);
}

}  // namespace
}  // namespace fpk::app
