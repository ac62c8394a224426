// Drift and noise in another sense become the Ito process that they mean.
#include "model/noise_convention.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "formula/program.hpp"

namespace fpk::model {
namespace {

Formula parse(const std::string& text) { return formula::parse(text, {{"x", "y", "t"}, {}, {}}); }

const NoiseConvention &stratonovich = *find_noise_convention("stratonovich"),
                      &haenggi_klimontovich = *find_noise_convention("haenggi-klimontovich");

std::vector<double> drift_at(const Process& p, double x, double y) {
  return formula::Program(p.drift, {"x", "y"})(std::vector<double>{x, y});
}

TEST(Stratonovich, AddsHalfTheNoiseTimesItsSlopeOnALine) {
  Process p;
  p.variables = {"x"};
  p.drift = {parse("-x")};
  p.noise = {{parse("1 + x^2")}};
  const auto ito = in_ito_sense(p, stratonovich);
  // -x + (1/2) (1 + x^2) 2 x
  for (const double x : {-1.3, 0.2, 2.0})
    EXPECT_NEAR(formula::Program(ito.drift, {"x"})(std::vector<double>{x})[0], -x + (1 + x * x) * x, 1e-14);
  EXPECT_EQ(ito.drift_as_given[0].text(), p.drift[0].text());
}

TEST(Stratonovich, SumsOverSourcesAndVariablesForNoiseThatMixesThem) {
  // sigma = [[x y, y], [sin x, x^2]]. By hand, 1/2 sum_jk sigma_jk d_j sigma_ik:
  //   i = x: 1/2 ( xy d_x(xy) + sin x d_y(xy) + y d_x(y) + x^2 d_y(y) ) = 1/2 ( x y^2 + x sin x + 0 + x^2 )
  //   i = y: 1/2 ( xy d_x(sin x) + sin x d_y(sin x) + y d_x(x^2) + x^2 d_y(x^2) ) = 1/2 ( x y cos x + 0 + 2 x y + 0 )
  Process p;
  p.variables = {"x", "y"};
  p.drift = {parse("1 - x"), parse("x - y")};
  p.noise = {{parse("x*y"), parse("y")}, {parse("sin(x)"), parse("x^2")}};
  const auto ito = in_ito_sense(p, stratonovich);
  for (const auto& [x, y] : {std::pair{0.7, -1.1}, {-1.9, 0.4}}) {
    const auto b = drift_at(ito, x, y);
    EXPECT_NEAR(b[0], 1 - x + 0.5 * (x * y * y + x * std::sin(x) + x * x), 1e-14);
    EXPECT_NEAR(b[1], x - y + 0.5 * (x * y * std::cos(x) + 2 * x * y), 1e-14);
  }
}

TEST(HaenggiKlimontovich, AddsTwiceWhatStratonovichDoes) {
  // By hand as above, without the half.
  Process p;
  p.variables = {"x", "y"};
  p.drift = {parse("1 - x"), parse("x - y")};
  p.noise = {{parse("x*y"), parse("y")}, {parse("sin(x)"), parse("x^2")}};
  const auto b = drift_at(in_ito_sense(p, haenggi_klimontovich), 0.7, -1.1);
  EXPECT_NEAR(b[0], 1 - 0.7 + 0.7 * 1.21 + 0.7 * std::sin(0.7) + 0.49, 1e-14);
  EXPECT_NEAR(b[1], 0.7 + 1.1 - 0.77 * std::cos(0.7) - 2 * 0.77, 1e-14);
}

TEST(NoiseConventions, OfItoLeaveTheProcessAsItIs) {
  Process p;
  p.variables = {"x"};
  p.drift = {parse("-x")};
  p.noise = {{parse("1 + x^2")}};
  const auto same = in_ito_sense(p, noise_conventions().front());
  EXPECT_EQ(same.drift[0].text(), p.drift[0].text());
  EXPECT_EQ(same.given_in, nullptr);
  EXPECT_EQ(find_noise_convention("strato"), nullptr);
}

TEST(Stratonovich, IsItosSenseWhereTheNoiseIsConstant) {
  Process p;
  p.variables = {"x", "y"};
  p.drift = {parse("-x*y"), parse("x - y")};
  p.noise = {{parse("0.3"), parse("1")}, {parse("0"), parse("2 + t")}};
  const auto ito = in_ito_sense(p, stratonovich);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(ito.drift[i].text(), p.drift[i].text());
}

TEST(Stratonovich, IsShownBesideWhatItWasConvertedTo) {
  Process p;
  p.variables = {"x"};
  p.drift = {parse("-x")};
  p.noise = {{parse("x")}};
  const auto lines = in_ito_sense(p, stratonovich).equations();
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_NE(lines[0].find("o dW1 (Stratonovich, as given)"), std::string::npos);
  EXPECT_NE(lines[1].find("(Ito, converted)"), std::string::npos);
}

}  // namespace
}  // namespace fpk::model
