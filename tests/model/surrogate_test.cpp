// Polynomials in place of formulas: as near as they say, at points that were not looked at, and refused where they are not.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

#include "formula/program.hpp"
#include "model/chebyshev_surrogate.hpp"
#include "model/sgd/gradient_model.hpp"
#include "model/surrogate_process.hpp"

namespace {

using namespace fpk;
using formula::Formula;
using model::Domain;

Domain box() {
  Domain domain;
  domain.sides = {{"x", -1, 2.5}, {"y", 0.3, 1.1}};
  return domain;
}

Formula of(const std::string& text) { return formula::parse(text, {{"x", "y"}, {}, {}}); }

double at(const Formula& f, double x, double y) {
  return formula::Program(f, {"x", "y"})(std::vector<double>{x, y}).front();
}

const std::vector<Formula> fields{of("exp(-x*y)*sin(3*x)"), of("1/(1 + x^2*y)")};

RC_GTEST_PROP(Surrogate, IsAsNearAsItSaysAtAnyPoint, (unsigned u, unsigned v)) {
  static const auto s = model::chebyshev_surrogate(fields, box(), 1e-6);
  static const double scale =
      1.36;  // at least the largest value, exp(0.53*1.1) sin(1.6) near x = -0.5: errors are relative to it
  RC_ASSERT(s.error <= 1e-6);
  const double x = -1 + 3.5 * std::fmod(u * std::numbers::phi, 1.0),
               y = 0.3 + 0.8 * std::fmod(v * std::numbers::sqrt2, 1.0);
  for (std::size_t k = 0; k < fields.size(); ++k)
    RC_ASSERT(std::abs(at(s.fields[k], x, y) - at(fields[k], x, y)) <= s.error * 2 * scale);
}

TEST(Surrogate, OfAPolynomialIsThatPolynomialOfTheLeastDegreeThatIsTried) {
  const auto s = model::chebyshev_surrogate(std::vector{of("2 - x + 3*x*y^3 - y^4")}, box(), 1e-12);
  EXPECT_EQ(s.degree, 4U);
  EXPECT_LT(s.error, 1e-13);
  EXPECT_NEAR(at(s.fields[0], 1.3, 0.7), 2 - 1.3 + 3 * 1.3 * 0.343 - 0.2401, 1e-13);
}

TEST(Surrogate, HoldsItsVariablesAtTheEndsOfTheBox) {
  const auto s = model::chebyshev_surrogate(fields, box(), 1e-6);
  EXPECT_EQ(at(s.fields[0], 3, 0.5), at(s.fields[0], 2.5, 0.5));
  EXPECT_EQ(at(s.fields[0], 1, 0.1), at(s.fields[0], 1, 0.3));
}

TEST(Surrogate, TakesAHigherDegreeForLessError) {
  const auto rough = model::chebyshev_surrogate(fields, box(), 1e-3),
             fine = model::chebyshev_surrogate(fields, box(), 1e-9);
  EXPECT_LT(rough.degree, fine.degree);
  EXPECT_LT(fine.error, rough.error);
}

TEST(Surrogate, OfAKinkIsRefused) {
  EXPECT_THROW(model::chebyshev_surrogate(std::vector{of("abs(x - 0.4) + y")}, box(), 1e-6),
               model::NoSurrogate);
  EXPECT_THROW(model::chebyshev_surrogate(std::vector{of("log(x)")}, box(), 1e-6), model::NoSurrogate);
}

TEST(Surrogate, OfAPotentialIsNearInItsSlopesToo) {
  const auto process =
      model::overdamped_langevin({"x", "y"}, of("log(1 + exp(2*x - y)) + x^2/10 + y^2"), 0.3);
  const auto made = model::surrogate_process(process, box(), 1e-5);
  ASSERT_TRUE(made.process.reversible.has_value());
  EXPECT_EQ(made.process.reversible->temperature, 0.3);
  for (const double x : {-0.93, 0.21, 1.7})
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(at(made.process.drift[i], x, 0.77), at(process.drift[i], x, 0.77),
                  1e-5 * 3);  // the drift is below 3
}

TEST(Surrogate, OfAModelOfStochasticGradientsHasItsDriftAndCovariance) {
  model::StochasticGradient sgd;
  sgd.loss = {{"x", "y"},
              formula::parse("log(1 + exp(-s*(x*a + y)))", {{"x", "y", "a", "s"}, {}, {}}),
              std::make_shared<const formula::Table>(
                  formula::Table{{"a", "s"}, {{0.3, -1.2, 0.8, 2, -0.4}, {1, -1, 1, -1, 1}}}),
              of("x^2/20")};
  const auto process = model::find_gradient_model("sme2")->make(sgd, {});
  const auto made = model::surrogate_process(process, box(), 1e-7);
  const auto a = process.diffusion(), b = made.process.diffusion();
  for (const double x : {-0.93, 0.21, 1.7})
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_NEAR(at(made.process.drift[i], x, 0.77), at(process.drift[i], x, 0.77),
                  1e-7);  // the drift is below 1
      for (std::size_t j = 0; j < 2; ++j) EXPECT_NEAR(at(b[i][j], x, 0.77), at(a[i][j], x, 0.77), 1e-7);
    }
  sgd.schedule = formula::parse("1/(1 + t)", {{"t"}, {}, {}});
  EXPECT_THROW(model::surrogate_process(model::find_gradient_model("sme2")->make(sgd, {}), box(), 1e-7),
               model::NoSurrogate);
}

}  // namespace
