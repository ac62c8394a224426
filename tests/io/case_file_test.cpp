#include "io/case_file.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "formula/program.hpp"
#include "model/noise_convention.hpp"
#include "tests/io/case_text.hpp"

namespace fpk::io {
namespace {

TEST(Case, IsReadWithEverythingItSays) {
  const Case c = read_text(small_case);
  EXPECT_EQ(c.name, "case");
  EXPECT_EQ(c.title, "A small case");
  EXPECT_EQ(c.text, small_case);
  EXPECT_EQ(c.process.variables, (std::vector<std::string>{"x", "y"}));
  ASSERT_TRUE(c.process.reversible);
  EXPECT_EQ(c.process.reversible->temperature, 0.25);
  ASSERT_EQ(c.axes.size(), 2U);
  for (const auto& axis : c.axes) EXPECT_EQ(axis.cells(), 16U);
  EXPECT_EQ(c.domain.sides[1].lower, -2.5);
  EXPECT_EQ(c.times, (std::vector<double>{0, 2.5, 5, 7.5, 10}));
  ASSERT_TRUE(c.particles);
  EXPECT_EQ(c.particles->count, 200'000);
  EXPECT_EQ(c.converge.steps, (std::vector<double>{0.2, 0.1, 0.05}));
  EXPECT_EQ(c.converge.observable, "second_moment");
  ASSERT_TRUE(c.initial);
  EXPECT_EQ(c.initial->dimension(), 2U);
}

TEST(Case, KeepsObservablesInTheOrderOfTheFile) {
  const Case c =
      read_text(with(small_case, "[observables]\n", "[observables]\nzeta = \"x\"\nalpha = \"y\"\n"));
  std::vector<std::string> names;
  for (const auto& observable : c.observables) names.push_back(observable.name);
  EXPECT_EQ(names, (std::vector<std::string>{"zeta", "alpha", "right_well", "second_moment"}));
}

TEST(Case, TakesDefaultsWhereItSaysNothing) {
  const std::string bare = small_case.substr(0, small_case.find("[particles]"));
  const Case c = read_text(with(with(bare, "observe = 5\n", ""), "title = \"A small case\"\n", ""));
  EXPECT_EQ(c.title, "case");
  EXPECT_EQ(c.times.size(), 41U);
  EXPECT_FALSE(c.particles);
  EXPECT_TRUE(c.observables.empty());
  EXPECT_TRUE(c.converge.steps.empty());
  EXPECT_EQ(c.converge.observable, "");
  EXPECT_EQ(c.density.propagator, DensitySettings{}.propagator);
  EXPECT_EQ(c.output.particles, OutputSettings{}.particles);
  EXPECT_EQ(c.domain.sides[0].lower_boundary, model::Boundary::reflecting);
}

TEST(Case, AddsTheStartAndTheEndToAListOfTimes) {
  EXPECT_EQ(read_text(with(small_case, "observe = 5", "observe = [1, 2.5]")).times,
            (std::vector<double>{0, 1, 2.5, 10}));
  EXPECT_EQ(read_text(with(small_case, "observe = 5", "observe = [0, 4, 10]")).times,
            (std::vector<double>{0, 4, 10}));
}

TEST(Case, ReadsDefinitionsInAnyOrder) {
  const Case c = read_text(with(small_case, "potential = \"(x^2 - a)^2 + y^2\"",
                                "definitions = { u = \"v^2\", v = \"x^2 - a\" }\npotential = \"u + y^2\""));
  EXPECT_EQ(c.process.reversible->potential.text(),
            read_text(small_case).process.reversible->potential.text());
}

TEST(Case, TakesDomainsInFormulasOfParametersAndPi) {
  const std::string side = "x = { lower = -2.5, upper = 2.5, cells = 16 }";
  const Case c = read_text(
      with(small_case, side,
           "x = { lower = \"-2*pi\", upper = \"a*pi\", lower_boundary = \"absorbing\", cells = 16 }"));
  EXPECT_EQ(c.domain.sides[0].lower, -2 * std::numbers::pi);
  EXPECT_EQ(c.domain.sides[0].upper, std::numbers::pi);
  EXPECT_EQ(c.domain.sides[0].lower_boundary, model::Boundary::absorbing);
  EXPECT_EQ(c.domain.sides[0].upper_boundary, model::Boundary::reflecting);
}

TEST(Case, TakesADriftAndNoiseThatDependOnTime) {
  const Case c = read_text(with(small_case, "potential = \"(x^2 - a)^2 + y^2\"\ntemperature = 0.25",
                                "drift = [\"-x + sin(t)\", \"-2*y\"]\nnoise = [[1], [\"0\"]]"));
  EXPECT_FALSE(c.process.reversible);
  EXPECT_TRUE(c.process.depends_on_time());
  EXPECT_EQ(c.process.noise_sources(), 1U);
  EXPECT_EQ(c.process.noise[0][0].constant(), 1.0);
}

TEST(Case, RunsParticlesAloneInMoreThanThreeDimensionsWithoutCells) {
  const Case c = read_text(R"([process]
variables = ["x1", "x2", "x3", "x4"]
potential = "x1^2 + x2^2 + x3^2 + x4^2"
temperature = 1
[domain]
x1 = { lower = -5, upper = 5 }
x2 = { lower = -5, upper = 5 }
x3 = { lower = -5, upper = 5 }
x4 = { lower = -5, upper = 5 }
[initial]
point = [0, 0, 0, 0]
[time]
end = 1
[density]
enabled = false
[particles]
)");
  EXPECT_EQ(c.process.dimension(), 4U);
  EXPECT_EQ(c.axes.size(), 4U);
}

TEST(Case, TakesATemperatureThatMovesAndNoiseInStratonovichsSense) {
  const Case annealed =
      read_text(with(small_case, "temperature = 0.25", "temperature = \"a/(4 + t)\"\nrotation = 0.5"));
  EXPECT_FALSE(annealed.process.reversible.has_value());
  ASSERT_TRUE(annealed.process.annealed.has_value());
  EXPECT_TRUE(annealed.process.depends_on_time());
  ASSERT_TRUE(annealed.process.frozen(1).rotating.has_value());
  EXPECT_EQ(annealed.process.frozen(1).rotating->temperature, 0.2);
  // A temperature whose formula is constant is one.
  EXPECT_TRUE(read_text(with(small_case, "temperature = 0.25", "temperature = \"a/4\""))
                  .process.reversible.has_value());
  const Case converted = read_text(with(small_case, "potential = \"(x^2 - a)^2 + y^2\"\ntemperature = 0.25",
                                        "drift = [\"-x\", \"-y\"]\nnoise = [[\"1 + x^2\", \"0\"], [\"0\", "
                                        "\"1\"]]\nnoise_convention = \"stratonovich\""));
  ASSERT_NE(converted.process.given_in, nullptr);
  EXPECT_EQ(converted.process.given_in->name, "stratonovich");
  ASSERT_EQ(converted.process.drift_as_given.size(), 2U);
  EXPECT_NEAR(formula::Program(converted.process.drift, {"x", "y"})(std::vector<double>{0.5, 1}).front(),
              -0.5 + 1.25 * 0.5, 1e-15);
}

const std::string sides =
    "[domain]\nx = { lower = -2.5, upper = 2.5, cells = 16 }\ny = { lower = -2.5, upper = 2.5, cells = 16 "
    "}\n";

TEST(Case, FindsABoxWhereItIsAskedTo) {
  // (x^2 - 1)^2 < 0.25 ln 1e12 for |x| < 1.906, y^2 < the same for |y| < 2.628; a lattice of 225 points over seven
  // times the box is 1/32 of it coarse.
  const Case whole = read_text("domain = \"auto\"\n" + with(small_case, sides, ""));
  ASSERT_TRUE(whole.found_domain.has_value());
  EXPECT_EQ(whole.found_domain->method, "potential");
  EXPECT_LT(whole.found_domain->mass_outside, 1e-11);
  EXPECT_GT(whole.domain.sides[0].upper, 1.906);
  EXPECT_LT(whole.domain.sides[0].upper, 1.906 + 0.5);
  EXPECT_NEAR(whole.domain.sides[0].lower, -2.6, 1e-12);  // the initial law: -1 - 8 * 0.2
  EXPECT_GT(whole.domain.sides[1].upper, 2.628);
  EXPECT_LT(whole.domain.sides[1].upper, 2.628 + 0.6);
  EXPECT_EQ(whole.axes[1].cells(), 128U);
  // One end of one side.
  const Case end =
      read_text(with(small_case, "x = { lower = -2.5, upper = 2.5", "x = { lower = -2.5, upper = \"auto\""));
  EXPECT_EQ(end.domain.sides[0].lower, -2.5);
  EXPECT_EQ(end.domain.sides[0].upper, whole.domain.sides[0].upper);
  EXPECT_EQ(end.axes[0].cells(), 16U);
  EXPECT_FALSE(read_text(small_case).found_domain.has_value());
}

TEST(Case, FindsABoxByAPilotWhereThereIsNoPotential) {
  // dx = (1 - x) dt + dW1, dy = -2 y dt + 0.4 dW2 from N((-1, 0), 0.2^2): x tends to N(1, 1/2), y to N(0, 0.04).
  const Case c =
      read_text("domain = \"auto\"\n" +
                with(with(small_case, sides, ""), "potential = \"(x^2 - a)^2 + y^2\"\ntemperature = 0.25",
                     "drift = [\"1 - x\", \"-2*y\"]\nnoise = [[\"1\", \"0\"], [\"0\", \"0.4\"]]"));
  ASSERT_TRUE(c.found_domain.has_value());
  EXPECT_EQ(c.found_domain->method, "pilot");
  EXPECT_LT(c.found_domain->mass_outside, 1e-10);
  EXPECT_NEAR(c.domain.sides[0].upper, 1 + 7 * std::sqrt(0.5), 0.3);  // 4096 particles know the sd to 1 %
  EXPECT_LT(c.domain.sides[0].lower, -2.6 + 1e-12);
  EXPECT_NEAR(c.domain.sides[1].upper, 8 * 0.2, 0.1);
}

TEST(Case, CutsASideAsItSays) {
  const std::string side = "x = { lower = -2.5, upper = 2.5, cells = 16 }";
  const Case listed = read_text(with(small_case, side, "x = { edges = [-2.5, \"-a\", 0, 0.5, 2.5] }"));
  EXPECT_EQ(listed.axes[0].edges(), (std::vector<double>{-2.5, -1, 0, 0.5, 2.5}));
  EXPECT_EQ(listed.domain.sides[0].lower, -2.5);
  EXPECT_EQ(listed.domain.sides[0].upper, 2.5);
  const Case clustered = read_text(
      with(small_case, side,
           "x = { lower = -2.5, upper = 2.5, cells = 16, clustering = { at = 0.5, strength = 2 } }"));
  EXPECT_EQ(clustered.axes[0].edges(), law::Axis("x", -2.5, 2.5, 16, {0.5, 2}).edges());
  const Case ring = read_text(with(with(small_case, side,
                                        "x = { lower = -2.5, upper = 2.5, cells = 16, boundary = "
                                        "\"periodic\", clustering = { at = 0.5 } }"),
                                   "(x^2 - a)^2", "cos(2*pi*x/5)"));
  EXPECT_EQ(ring.axes[0].edges(), law::Axis("x", -2.5, 2.5, 16, {0.5, 3, true}).edges());
}

TEST(Case, StartsFromEachOfTheFourLaws) {
  const std::string gaussian = "gaussian = { mean = [-1, 0], sd = [0.2, 0.2] }";
  for (const char* initial : {"gaussian = { mean = [-1, 0], covariance = [[0.04, 0.02], [0.02, 0.09]] }",
                              "uniform = { lower = [-2, -1], upper = [0, 1] }", "point = [-1, 0]",
                              "density = \"exp(-20*((x + 1)^2 + y^2))\""}) {
    const Case c = read_text(with(small_case, gaussian, initial));
    const auto mean = c.initial->expectations({{"x", formula::Formula::variable("x")}});
    // All four are centred at x = -1; a table's rows of cells are symmetric about it to within a cell.
    EXPECT_NEAR(mean.front().value, -1, 2.5 / 16) << initial;
  }
}

TEST(Case, IsMissingWhereThereIsNoFile) {
  EXPECT_THROW(read_case("there/is/no/such.toml"), MissingInput);
  EXPECT_THROW(read_case(std::filesystem::temp_directory_path()), MissingInput);
}

TEST(Case, AveragesALossOverTheRowsOfAFileBesideIt) {
  const TemporaryFile rows("height,weight\n1,2\n3,4\n", "rows.csv");
  const std::string data =
      "data = { file = \"rows.csv\", columns = { h = \"height\", w = { name = \"weight\" } } }\n"
      "loss = \"(h - x)^2 + w*y^2\"\nregulariser = \"a*x^4\"";
  const Case c = read_text(with(small_case, "potential = \"(x^2 - a)^2 + y^2\"", data));
  ASSERT_TRUE(c.process.reversible);
  const formula::Program potential(c.process.reversible->potential, c.process.inputs());
  // ((1-2)^2 + (3-2)^2)/2 + (2+4)/2 + 2^4, sums of small integers.
  EXPECT_EQ(potential(std::vector<double>{2, 1, 0}).front(), 20);
}

class ShippedCase : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(ShippedCase, IsReadAndSaysWhatItIsAndWhereItComesFrom) {
  const Case c = read_case(GetParam());
  EXPECT_FALSE(c.title.empty());
  EXPECT_NE(c.title, c.name);
  EXPECT_FALSE(c.reference.empty());
  EXPECT_FALSE(c.observables.empty());
  EXPECT_TRUE(c.initial);
  EXPECT_TRUE(c.particles || c.density.enabled);
}

INSTANTIATE_TEST_SUITE_P(All, ShippedCase, testing::ValuesIn(shipped_cases()),
                         [](const auto& shipped) { return shipped.param.stem().string(); });

/// (dp/dt)/p for the density that a process gives as stationary.
formula::Formula relative_change(const model::Process& process) {
  const auto& p = *process.stationary;
  const auto& x = process.variables;
  const auto a = process.diffusion();
  formula::Formula change(0.0);
  for (std::size_t i = 0; i < x.size(); ++i) {
    change = change - (process.drift[i] * p).derivative(x[i]);
    for (std::size_t j = 0; j < x.size(); ++j)
      change = change + (a[i][j] * p).derivative(x[i]).derivative(x[j]);
  }
  return change / p;
}

TEST(ShippedCases, GiveStationaryDensitiesThatDoNotChange) {
  std::size_t checked = 0;
  for (const auto& file : shipped_cases()) {
    const Case c = read_case(file);
    if (!c.process.stationary) continue;
    const formula::Program change(relative_change(c.process), c.process.inputs());
    for (const double s : {0.2, 0.35, 0.5, 0.8}) {
      std::vector<double> point;  // off the diagonal, which is an axis of symmetry
      for (const auto& side : c.domain.sides)
        point.push_back(side.lower + s * side.length() * (1 + 0.1 * static_cast<double>(point.size())));
      point.push_back(0);
      // Terms of order 100 that cancel, in a few hundred operations.
      EXPECT_NEAR(change(point).front(), 0, 1e-10) << c.name;
      ++checked;
    }
  }
  EXPECT_GE(checked, 8U);
}

}  // namespace
}  // namespace fpk::io
