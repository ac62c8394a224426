// fpk converge with quadrature in place of random numbers, as its user runs it.
#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

#include "app/limit_agreement.hpp"
#include "shell.hpp"
#include "tests/places.hpp"

namespace fpk::app {
namespace {

using namespace testing;

TEST(OperatorConverge, TheShippedCaseHoldsToTenDigits) {
  const auto out = fresh_folder("operator");
  const auto outcome = fpk(std::string("converge ") + places::source +
                           "/data/cases/orders_without_noise.toml --quiet --out " + out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto found = json(out / "convergence.json");
  const std::vector<std::pair<std::string, double>> orders{
      {"weak-euler-maruyama", 1},      {"invariant-euler-maruyama", 1},
      {"weak-leimkuhler-matthews", 1}, {"invariant-leimkuhler-matthews", 2},
      {"weak-stochastic-heun", 2},     {"invariant-stochastic-heun", 2}};
  for (const auto& [study, order] : orders) {
    SCOPED_TRACE(study);
    ASSERT_TRUE(found.contains(study));
    const auto& s = found[study];
    EXPECT_EQ(s["method"], "operator");
    EXPECT_EQ(s["promised"], order);
    EXPECT_NEAR(s["order"]["value"].get<double>(), order,
                0.1);                                 // a fit over the ladder; the claim has the interval
    EXPECT_LT(s["resolution"].get<double>(), 1e-10);  // ten digits of a mean of size 1
    EXPECT_LT(s["cut_off"].get<double>(), 1e-12);
    for (const auto& row : s["rows"]) {
      EXPECT_EQ(row["lower"], row["upper"]);  // no chance, no interval
      EXPECT_GT(std::abs(row["error"].get<double>()), 1e3 * s["resolution"].get<double>());
    }
  }
  EXPECT_EQ(found["invariant-euler-maruyama"]["reference"]["source"], "the stationary law");
  EXPECT_NE(read(out / "convergence.html").find("Schemes side by side: invariant law"), std::string::npos);
}

/// An Ornstein-Uhlenbeck process: every moment of Euler's step is known.
std::string linear_case(const std::string& converge) {
  return R"(title = "linear"
[process]
variables = ["x"]
potential = "0.75*x^2"
temperature = 0.6
[domain]
x = { lower = -6, upper = 6, cells = 40 }
[initial]
gaussian = { mean = [1.3], sd = [0.3] }
[time]
end = 1
[density]
enabled = false
[particles]
count = 20_000
step = 0.1
[observables]
second_moment = "x^2"
right = "x > 0"
[converge]
steps = [0.1, 0.05, 0.025, 0.0125]
observable = "second_moment"
)" + converge;
}

TEST(OperatorConverge, HasTheClosedFormsOfEulersStep) {
  const auto out = fresh_folder("operator-linear");
  write(out / "case.toml", linear_case("method = \"operator\"\n"));
  ASSERT_EQ(fpk("converge " + (out / "case.toml").string() + " --quiet --out " + out.string()).status, 0);
  const auto found = json(out / "convergence.json");
  const double k = 1.5, D = 0.6;
  for (const auto& row : found["weak"]["rows"]) {
    const double dt = row["step"].get<double>(), r = (1 - k * dt) * (1 - k * dt), n = std::round(1 / dt);
    const double exact = std::pow(r, n) * (1.3 * 1.3 + 0.09) + 2 * D * dt * (1 - std::pow(r, n)) / (1 - r);
    EXPECT_NEAR(row["expectation"].get<double>(), exact, 1e-11);
  }
  for (const auto& row : found["invariant"]["rows"])
    EXPECT_NEAR(row["expectation"].get<double>(), D / (k * (1 - 0.5 * k * row["step"].get<double>())), 1e-11);
  EXPECT_EQ(found["weak"]["reference"]["source"], "the exact law");
}

TEST(OperatorConverge, IsTheSameOnTwoProcesses) {
  const auto out = fresh_folder("operator-mpi");
  write(out / "case.toml", linear_case("method = \"operator\"\n"));
  const std::string arguments = "converge " + (out / "case.toml").string() + " --quiet --out ";
  ASSERT_EQ(fpk(arguments + (out / "one").string()).status, 0);
  ASSERT_EQ(mpi_fpk(arguments + (out / "two").string()).status, 0);
  const auto one = json(out / "one/convergence.json"), two = json(out / "two/convergence.json");
  for (const char* study : {"weak", "invariant"}) EXPECT_EQ(one[study]["rows"], two[study]["rows"]);
}

TEST(OperatorConverge, RefusesWhatIsNotSmooth) {
  const auto out = fresh_folder("operator-refused");
  write(out / "case.toml", linear_case("method = \"operator\"\n"));
  const auto outcome = fpk("converge " + (out / "case.toml").string() +
                           " --set converge.observable=right --quiet --out " + out.string());
  EXPECT_EQ(outcome.status, 65);
  EXPECT_NE(outcome.output.find("right is not smooth"), std::string::npos) << outcome.output;
  EXPECT_NE(outcome.output.find("converge.method = \"coupled\""), std::string::npos) << outcome.output;
}

TEST(OperatorConverge, ALimitThatIsNotTheDensitysFailsAClaim) {
  const auto folder = fresh_folder("limit");
  write(folder / "case.toml", small_case());
  const auto problem = io::read_case(folder / "case.toml");
  io::ConvergenceStudy space, weak;
  space.name = "space";
  for (const double h : {0.4, 0.2, 0.1}) space.rows.push_back({h, {10}, 1 + h * h, h * h, h * h, h * h});
  weak.name = "weak";
  weak.reference = io::StudyReference{1 + 1e-9, 1e-10, "itself", true};
  const auto agrees = limit_agreement(problem, weak, {space, weak});
  ASSERT_TRUE(agrees.has_value());
  EXPECT_TRUE(agrees->holds()) << agrees->reason;
  weak.reference->value = 1.001;  // a drift 0.1 % too strong, say
  EXPECT_FALSE(limit_agreement(problem, weak, {space, weak})->holds());
  weak.reference->is_own_limit = false;  // the exact law needs no second opinion
  EXPECT_FALSE(limit_agreement(problem, weak, {space, weak}).has_value());
}

TEST(StrongConverge, EulersSchemeHasOrderOneForConstantNoise) {
  const auto out = fresh_folder("strong");
  write(out / "case.toml", linear_case("strong = true\nmethod = \"operator\"\n"));
  const auto outcome = fpk("converge " + (out / "case.toml").string() + " --quiet --out " + out.string());
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto strong = json(out / "convergence.json")["strong"];
  EXPECT_EQ(strong["promised"], 1);
  EXPECT_NEAR(strong["order"]["value"].get<double>(), 1, 0.05);  // what a finite ladder may miss
  EXPECT_LT(strong["order"]["upper"].get<double>() - strong["order"]["lower"].get<double>(), 0.1);
}

TEST(StrongConverge, EulersSchemeHasOrderOneHalfForNoiseThatVaries) {
  const auto out = fresh_folder("strong-half");
  write(out / "case.toml", R"case(title = "varying noise"
[process]
variables = ["x"]
drift = ["0.2 - x"]
noise = [["0.6 + 0.5*sin(2*x)"]]
[domain]
x = { lower = -8, upper = 8, cells = 40 }
[initial]
point = [0.4]
[time]
end = 1
[density]
enabled = false
[particles]
count = 20_000
step = 0.1
[observables]
mean = "x"
[converge]
steps = [0.04, 0.02, 0.01, 0.005]
strong = true
method = "operator"
)case");
  const auto outcome = fpk("converge " + (out / "case.toml").string() + " --quiet --out " + out.string());
  const auto strong = json(out / "convergence.json")["strong"];
  EXPECT_EQ(strong["promised"], 0.5);
  EXPECT_NEAR(strong["order"]["value"].get<double>(), 0.5, 0.05);  // 20000 pairs: the interval is +-0.01
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

}  // namespace
}  // namespace fpk::app
