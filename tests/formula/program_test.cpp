#include "formula/program.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "parallel/instruction_set.hpp"
#include "tests/formula/random_formula.hpp"

namespace fpk::formula {
namespace {

using parallel::InstructionSet;

const Scope xy = {{"x", "y"}, {}, {}};

Formula in_xy(std::string_view text) { return parse(text, xy); }

double value(const Formula& f, double x, double y) {
  return Program(f, {"x", "y"})(std::vector{x, y}).front();
}

/// Equal bits, or both not a number.
bool same(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) ||
         std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

std::vector<double> values_of(const Program& p, const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<double> out(x.size());
  const double* in[] = {x.data(), y.data()};
  double* to[] = {out.data()};
  p.evaluate(in, x.size(), to);
  return out;
}

class EveryInstructionSet : public ::testing::Test {
 protected:
  void TearDown() override { parallel::use_instruction_set(before_); }
  InstructionSet before_ = parallel::instruction_set();
};

TEST(Program, GivesTheClosedFormsOfTextbookExpressions) {
  // Exact in double precision: sums and products of short numbers.
  EXPECT_EQ(value(in_xy("(x^2-1)^2 + y^2"), 2, 3), 18);
  EXPECT_EQ(value(in_xy("-x^2"), 3, 0), -9);
  EXPECT_EQ(value(in_xy("2^-1"), 0, 0), 0.5);
  EXPECT_EQ(value(in_xy("2^3^2"), 0, 0), 512);
  EXPECT_EQ(value(in_xy("x/y/2"), 12, 3), 2);
  EXPECT_EQ(value(in_xy("x-y-1"), 5, 3), 1);
  EXPECT_EQ(value(in_xy("x < y and not (x == 1)"), 0, 1), 1);
  EXPECT_EQ(value(in_xy("x >= y or x != x"), 0, 1), 0);
  EXPECT_EQ(value(in_xy("select(x > 0, y, -y)"), -1, 4), -4);
  EXPECT_EQ(value(in_xy("min(x, y) + 10*max(x, y) + 100*sign(x) + 1000*abs(x)"), -1, 2),
            -1 + 20 - 100 + 1000);
  EXPECT_EQ(value(in_xy("sqrt(x)"), 9, 0), 3);
  EXPECT_EQ(value(in_xy("pi"), 0, 0), std::numbers::pi);
  // Within a few roundings of numbers of order one.
  EXPECT_NEAR(value(in_xy("sin(x)^2 + cos(x)^2"), 0.7, 0), 1, 1e-15);
  EXPECT_NEAR(value(in_xy("exp(log(x))"), 3.7, 0), 3.7, 1e-14);
  EXPECT_NEAR(value(in_xy("atan2(x, y)"), 1, 1), std::numbers::pi / 4, 1e-15);
  EXPECT_NEAR(value(in_xy("erf(x)"), 0.5, 0), 0.5204998778130465, 1e-15);
  EXPECT_NEAR(value(in_xy("tanh(x) - sinh(x)/cosh(x)"), 0.3, 0), 0, 1e-15);
}

TEST(Program, AgreesWithTheTreeBitForBit) {
  testing::Random random(1);
  int numbers = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    const Formula f = testing::random_formula(random, 1 + trial % 6);
    const double x = testing::uniform(random, -3, 3), y = testing::uniform(random, -3, 3);
    const double expected = testing::tree_value(f.node(), x, y), found = value(f, x, y);
    ASSERT_TRUE(same(expected, found))
        << f.text() << " at " << x << ", " << y << ": " << expected << " " << found;
    numbers += std::isfinite(expected) ? 1 : 0;
  }
  EXPECT_GT(numbers, 2000);  // most of them say something
}

TEST_F(EveryInstructionSet, GivesTheSameBits) {
  testing::Random random(2);
  std::vector<double> x(700), y(700);
  for (double& v : x) v = testing::uniform(random, -4, 4);
  for (double& v : y) v = testing::uniform(random, -4, 4);
  x[3] = 1e7;  // a sine beyond the reduction's range
  for (int trial = 0; trial < 300; ++trial) {
    const Program p(testing::random_formula(random, 5), {"x", "y"});
    parallel::use_instruction_set(InstructionSet::plain);
    const auto expected = values_of(p, x, y);
    for (const auto set : {InstructionSet::avx2, InstructionSet::avx512}) {
      parallel::use_instruction_set(set);
      const auto found = values_of(p, x, y);
      for (std::size_t i = 0; i < x.size(); ++i)
        ASSERT_TRUE(same(expected[i], found[i])) << trial << " " << i;
    }
  }
}

TEST(Program, GivesAPointTheSameValueWhereverItStands) {
  const Program p(in_xy("exp(-x^2)*sin(30000*x*y) + log(1+y^2) + tanh(x)^3"), {"x", "y"});
  testing::Random random(3);
  std::vector<double> x(3 * block_width + 17), y(x.size());
  for (double& v : x) v = testing::uniform(random, -4, 4);
  for (double& v : y) v = testing::uniform(random, -4, 4);
  const auto all = values_of(p, x, y);
  for (std::size_t i = 0; i < x.size(); i += 13)
    EXPECT_TRUE(same(all[i], p(std::vector{x[i], y[i]}).front())) << i;
}

TEST(Program, NeverTouchesWhatLiesBehindTheLastPoint) {
  const Program p(in_xy("x + y"), {"x", "y"});
  const std::vector<double> x = {1, 2, 3}, y = {10, 20, 30};
  std::vector<double> out = {0, 0, 0, -7};
  const double* in[] = {x.data(), y.data()};
  double* to[] = {out.data()};
  p.evaluate(in, 3, to);  // reading past x and y is for the address sanitizer to see
  EXPECT_EQ(out, (std::vector<double>{11, 22, 33, -7}));
  p.evaluate(in, 0, to);
  EXPECT_EQ(out[0], 11);
}

TEST(Program, ServesOutputsThatAreConstantsInputsOrTheSame) {
  const Formula f = in_xy("x*y");
  const Program p(std::vector<Formula>{f, 3, in_xy("y"), f, in_xy("y"), f + 1}, {"x", "y"});
  EXPECT_EQ(p(std::vector{2.0, 5.0}), (std::vector<double>{10, 3, 5, 10, 5, 11}));
}

TEST(Program, SharesCommonSubexpressionsOfAllOutputs) {
  const auto count = [](std::vector<Formula> outputs) {
    return Program(outputs, {"x", "y"}).instruction_count();
  };
  const std::size_t one = count({in_xy("exp(x*y)*sin(x+y)")});
  EXPECT_EQ(one, 5U);
  EXPECT_EQ(count({in_xy("exp(x*y)*sin(x+y)"), in_xy("sin(y+x)*exp(y*x) + 1")}), one + 1);
}

TEST(Program, UsesNoMoreInstructionsThanTheGradientOfTheDoubleWellNeeds) {
  const Formula f = in_xy("(x^2-1)^2 + y^2");
  const Program p(std::vector{f.derivative("x"), f.derivative("y")}, {"x", "y"});
  // 2*y | x*x - 1 | * x | * 4
  EXPECT_EQ(p.instruction_count(), 4U);
}

// Where e is wanted by nobody else, exp, sum and quotient are one instruction.
TEST(Program, GivesALogisticTheSameBitsInOnePassAsInThree) {
  std::vector<double> x, y, one(2 * block_width), three(2 * block_width), e(2 * block_width);
  for (std::size_t i = 0; i < one.size(); ++i) {
    x.push_back(i < block_width ? 6.1 * static_cast<double>(i) - 777 : 0.05 * static_cast<double>(i) - 18);
    y.push_back(std::cos(static_cast<double>(i)));
  }
  const std::vector<const double*> in{x.data(), y.data()};
  const Formula exponential = in_xy("exp(x + y)"), odds = in_xy("exp(x + y)/(1 + exp(x + y))");
  const Program alone(odds, {"x", "y"}), together(std::vector{odds, exponential}, {"x", "y"});
  EXPECT_EQ(alone.instruction_count(), 2U);
  EXPECT_EQ(together.instruction_count(), 4U);
  EXPECT_EQ(Program(in_xy("exp(x + y)/(1 + exp(x - y))"), {"x", "y"}).instruction_count(), 6U);
  EXPECT_EQ(Program(in_xy("exp(x + y)/(2 + exp(x + y))"), {"x", "y"}).instruction_count(), 4U);
  const auto best = parallel::instruction_set();
  for (const auto set : {InstructionSet::plain, InstructionSet::avx2, InstructionSet::avx512}) {
    parallel::use_instruction_set(set);
    alone.evaluate(in, one.size(), std::vector{one.data()});
    together.evaluate(in, one.size(), std::vector{three.data(), e.data()});
    for (std::size_t i = 0; i < one.size(); ++i) EXPECT_TRUE(same(one[i], three[i])) << x[i];
  }
  parallel::use_instruction_set(best);
}

TEST(Program, RefusesAVariableThatIsNoInput) {
  try {
    const Program p(in_xy("x + y"), {"x"});
    FAIL() << "y was accepted";
  } catch (const std::invalid_argument& e) {
    EXPECT_NE(std::string(e.what()).find("'y'"), std::string::npos);
  }
}

TEST(Program, CompilesASumOfManyTermsWithoutDeepRecursion) {
  const Formula x = Formula::variable("x");
  Formula sum = 0;
  constexpr int terms = 60000;  // deeper than a call stack of 8 MB bears
  for (int i = 0; i < terms; ++i) sum = sum + pow(x + i, 2);
  const double s = Program(sum, {"x"})(std::vector{0.0}).front();
  const double n = terms - 1;
  EXPECT_NEAR(s, n * (n + 1) * (2 * n + 1) / 6,
              1e-12 * s);  // each of 6e4 additions is off by 1e-16 of the sum at most
  EXPECT_EQ(Program(sum.derivative("x"), {"x"})(std::vector{0.0}).front(),
            n * (n + 1));  // integers below 2^53
}

}  // namespace
}  // namespace fpk::formula
