#include <gtest/gtest.h>

#include <cmath>

#include "formula/program.hpp"
#include "tests/formula/random_formula.hpp"

namespace fpk::formula {
namespace {

const Scope scope = {{"a", "b", "u", "v", "label"}, {}, {}};

std::shared_ptr<const Table> labelled_points(std::size_t rows) {
  testing::Random random(4);
  auto table = std::make_shared<Table>();
  table->names = {"u", "v", "label"};
  table->columns.assign(3, std::vector<double>(rows));
  for (std::size_t r = 0; r < rows; ++r) {
    table->columns[0][r] = testing::uniform(random, -2, 2);
    table->columns[1][r] = testing::uniform(random, -2, 2);
    table->columns[2][r] = testing::uniform(random, 0, 1) < 0.5 ? -1 : 1;
  }
  return table;
}

double value(const Formula& f, double a, double b) {
  return Program(f, {"a", "b"})(std::vector{a, b}).front();
}

// Sums of up to 569 terms of order 1, in the same order but with another exp and log.
constexpr double allowed = 569 * 2.3e-16;

TEST(MeanOverRows, IsThePlainLoopOverTheRows) {
  const auto t = labelled_points(569);
  const Formula loss = mean_over_rows(parse("log(1+exp(-label*(a*u+b*v))) + b^2", scope), t);
  for (const double a : {-1.5, 0.0, 0.3}) {
    for (const double b : {-0.7, 2.0}) {
      double sum = 0;
      for (std::size_t r = 0; r < t->rows(); ++r)
        sum +=
            std::log(1 + std::exp(-t->columns[2][r] * (a * t->columns[0][r] + b * t->columns[1][r]))) + b * b;
      EXPECT_NEAR(value(loss, a, b), sum / 569, allowed);
    }
  }
}

TEST(MeanOverRows, DifferentiatesToTheMeanOfDerivatives) {
  const auto t = labelled_points(569);
  const Formula loss = mean_over_rows(parse("log(1+exp(-label*(a*u+b*v)))", scope), t);
  const double a = 0.4, b = -0.9;
  double sum = 0;
  for (std::size_t r = 0; r < t->rows(); ++r) {
    const double y = t->columns[2][r], u = t->columns[0][r], m = y * (a * u + b * t->columns[1][r]);
    sum -= y * u / (1 + std::exp(m));
  }
  EXPECT_NEAR(value(loss.derivative("a"), a, b), sum / 569, allowed);
  EXPECT_EQ(loss.derivative("u").constant(), 0.0);  // a column is not a variable of the mean
}

TEST(MeanOverRows, SharesOneLoopBetweenALossAndItsGradient) {
  const auto t = labelled_points(20);
  const Formula loss = mean_over_rows(parse("log(1+exp(-label*(a*u+b*v)))", scope), t);
  const std::vector<Formula> all = {loss, loss.derivative("a"), loss.derivative("b")};
  const Program together(all, {"a", "b"});
  std::size_t apart = 0;
  for (const Formula& f : all) apart += Program(f, {"a", "b"}).instruction_count();
  EXPECT_LT(together.instruction_count() + 8, apart);  // one exp, one margin, one loop instead of three
  const auto values = together(std::vector{0.2, 0.8});
  for (std::size_t k = 0; k < all.size(); ++k) EXPECT_EQ(values[k], value(all[k], 0.2, 0.8));
}

TEST(MeanOverRows, ComputesWhatDoesNotVaryWithTheRowsOnce) {
  const auto t = labelled_points(20);
  const Formula with = mean_over_rows(parse("u*exp(a)*sin(b) + u^2", scope), t);
  double mean_u = 0, mean_u2 = 0;
  for (const double u : t->columns[0]) mean_u += u / 20, mean_u2 += u * u / 20;
  EXPECT_NEAR(value(with, 0.3, 0.5), mean_u * std::exp(0.3) * std::sin(0.5) + mean_u2,
              1e-14);  // 20 terms of order 1
  EXPECT_EQ(mean_over_rows(parse("a*b", scope), t).text(), "a*b");
}

TEST(MeanOverRows, OfColumnsAloneIsAConstant) {
  const auto t = labelled_points(8);
  const auto c = mean_over_rows(parse("label^2 + 1", scope), t).constant();
  ASSERT_TRUE(c.has_value());
  EXPECT_EQ(*c, 2);
}

TEST(MeanOverRows, MayUseAnotherMean) {
  const auto t = labelled_points(10), other = labelled_points(31);
  const Formula inner = mean_over_rows(parse("(u - a)^2", scope), other);
  const Formula outer = mean_over_rows(parse("u*b", scope) * inner + 1, t) + inner;
  const auto plain = [](const Table& table, double a) {
    double sum = 0;
    for (const double u : table.columns[0]) sum += (u - a) * (u - a);
    return sum / static_cast<double>(table.rows());
  };
  double mean_u = 0;
  for (const double u : t->columns[0]) mean_u += u / 10;
  const double in = plain(*other, 0.3);
  EXPECT_NEAR(value(outer, 0.3, 0.5), mean_u * 0.5 * in + 1 + in, 1e-13);  // tens of terms of order 1
}

TEST(MeanOverRows, RefusesAnInnerMeanThatUsesTheOuterRow) {
  const auto t = labelled_points(3);
  auto other = std::make_shared<Table>();
  other->names = {"w"};
  other->columns = {{1, 2}};
  const Formula inner = mean_over_rows(parse("w*u*a", {{"w", "u", "a"}, {}, {}}), other);
  EXPECT_THROW(Program(mean_over_rows(inner, t), {"a"}), std::invalid_argument);
}

TEST(MeanOverRows, KeepsColumnsApartFromVariablesOfTheSameName) {
  const auto t = labelled_points(5);
  const Formula f = mean_over_rows(parse("u*a", scope), t) + Formula::variable("u");
  EXPECT_EQ(f.variables(), (std::vector<std::string>{"a", "u"}));
  EXPECT_EQ(f.derivative("u").constant(), 1.0);
  double mean_u = 0;
  for (const double u : t->columns[0]) mean_u += u;
  EXPECT_NEAR(Program(f.substitute("u", 7), {"a"})(std::vector{2.0}).front(), 2 * mean_u / 5 + 7, 1e-14);
  EXPECT_THROW(mean_over_rows(parse("u*a", scope), t).substitute("a", Formula::variable("u")),
               std::invalid_argument);
}

TEST(MeanOverRows, RefusesTablesThatAreEmptyOrRagged) {
  const Formula u = Formula::variable("u");
  EXPECT_THROW(mean_over_rows(u, nullptr), std::invalid_argument);
  EXPECT_THROW(mean_over_rows(u, std::make_shared<Table>(Table{{"u"}, {{}}})), std::invalid_argument);
  EXPECT_THROW(mean_over_rows(u, std::make_shared<Table>(Table{{"u", "v"}, {{1, 2}, {1}}})),
               std::invalid_argument);
  EXPECT_THROW(mean_over_rows(u, std::make_shared<Table>(Table{{"u", "v"}, {{1, 2}}})),
               std::invalid_argument);
}

}  // namespace
}  // namespace fpk::formula
