#include "formula/block_math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>
#include <random>
#include <vector>

#include "formula/function_table.hpp"
#include "parallel/instruction_set.hpp"

namespace fpk::formula {
namespace {

using parallel::InstructionSet;
using Block = std::function<void(const double*, double*, std::size_t)>;
using Exact = long double (*)(long double);

constexpr double inf = std::numeric_limits<double>::infinity();
constexpr double tiny = std::numeric_limits<double>::denorm_min();
constexpr std::size_t samples = 200000;

std::vector<double> mapped(const Block& f, const std::vector<double>& x) {
  std::vector<double> out(x.size());
  f(x.data(), out.data(), x.size());
  return out;
}

double single(const Block& f, double x) { return mapped(f, {x}).front(); }

/// The function of the table, one point at a time; its bits are those of compiled programs
/// (program_test.cpp).
Block table_function(std::string_view name) {
  return [f = find_function(name)](const double* x, double* out, std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) out[i] = f->value(x + i);
  };
}

std::vector<double> uniform(double low, double high, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<double> draw(low, high);
  std::vector<double> x(samples);
  for (double& v : x) v = draw(random);
  return x;
}

/// Every size of number alike: 2^e with e uniform, and both signs where asked for.
std::vector<double> any_size(double lowest_exponent, double highest_exponent, bool both_signs,
                             std::uint64_t seed) {
  std::vector<double> x = uniform(lowest_exponent, highest_exponent, seed);
  std::mt19937_64 random(seed + 1);
  for (double& v : x) v = std::exp2(v) * (both_signs && random() % 2 == 0 ? -1 : 1);
  return x;
}

/// Units in the last place of `exact`, as a double would hold it.
long double ulp(long double exact) {
  const double rounded = std::abs(static_cast<double>(exact));
  return static_cast<long double>(std::nextafter(rounded, inf)) - static_cast<long double>(rounded);
}

/// The largest error in ulp against 64-bit significands, which are themselves good to 0.001 ulp of a double.
double worst(const Block& f, Exact exact, const std::vector<double>& x) {
  const std::vector<double> found = mapped(f, x);
  long double error = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double e = exact(static_cast<long double>(x[i]));
    error = std::max(error, std::abs(static_cast<long double>(found[i]) - e) / ulp(e));
  }
  return static_cast<double>(error);
}

/// Doubles nearest to multiples of pi/2, where all the leading digits cancel.
std::vector<double> near_multiples_of_half_pi() {
  std::vector<double> x;
  constexpr long double half_pi = std::numbers::pi_v<long double> / 2;
  for (int k = 1; k <= 63660; ++k) {
    const auto nearest = static_cast<double>(k * half_pi);
    for (const double v : {nearest, std::nextafter(nearest, 0.0), -nearest}) x.push_back(v);
  }
  return x;
}

TEST(BlockMath, ExpIsGoodToOneUlp) {
  EXPECT_LT(worst(block_exp, expl, uniform(-745, 709.7, 1)), 1);
  EXPECT_LT(worst(block_exp, expl, uniform(-2, 2, 2)), 1);
  EXPECT_LT(worst(block_exp, expl, any_size(-60, 9, true, 3)), 1);
}

TEST(BlockMath, LogIsGoodToOneUlp) {
  EXPECT_LT(worst(block_log, logl, any_size(-1074, 1023.9, false, 4)), 1);
  EXPECT_LT(worst(block_log, logl, uniform(0.5, 2, 5)), 1);
  EXPECT_LT(worst(block_log, logl, uniform(0.999, 1.001, 6)), 1);
}

TEST(BlockMath, SinAndCosAreGoodToOneUlp) {
  for (const auto& x :
       {uniform(-1e5, 1e5, 7), uniform(-7, 7, 8), any_size(-1074, 16, true, 9), uniform(9.99e4, 1.1e5, 10),
        any_size(17, 900, true, 11), near_multiples_of_half_pi()}) {
    EXPECT_LT(worst(block_sin, sinl, x), 1);
    EXPECT_LT(worst(block_cos, cosl, x), 1);
  }
}

TEST(BlockMath, TheRestIsGoodToThreeUlp) {
  for (const auto& x : {uniform(-1e5, 1e5, 12), uniform(-7, 7, 13), any_size(-1074, 16, true, 14)})
    EXPECT_LT(worst(table_function("tan"), tanl, x), 3);
  for (const auto& x : {uniform(-710, 710, 15), uniform(-3, 3, 16), any_size(-1074, 9, true, 17)}) {
    EXPECT_LT(worst(table_function("sinh"), sinhl, x), 3);
    EXPECT_LT(worst(table_function("cosh"), coshl, x), 3);
    EXPECT_LT(worst(table_function("tanh"), tanhl, x), 3);
  }
}

TEST(BlockMath, KnowsTheEdgesOfExp) {
  EXPECT_EQ(single(block_exp, 0), 1);
  EXPECT_EQ(single(block_exp, tiny), 1);
  EXPECT_EQ(single(block_exp, -inf), 0);
  EXPECT_EQ(single(block_exp, -746), 0);
  EXPECT_EQ(single(block_exp, -1e300), 0);
  EXPECT_EQ(single(block_exp, -745), tiny);
  EXPECT_TRUE(std::isfinite(single(block_exp, 709.78)));
  EXPECT_EQ(single(block_exp, 709.79), inf);
  EXPECT_EQ(single(block_exp, inf), inf);
  EXPECT_TRUE(std::isnan(single(block_exp, NAN)));
}

TEST(BlockMath, KnowsTheEdgesOfLog) {
  EXPECT_EQ(single(block_log, 1), 0);
  EXPECT_EQ(single(block_log, 0), -inf);
  EXPECT_EQ(single(block_log, -0.0), -inf);
  EXPECT_EQ(single(block_log, inf), inf);
  EXPECT_EQ(single(block_log, tiny), std::log(tiny));
  EXPECT_EQ(single(block_log, std::numeric_limits<double>::max()),
            std::log(std::numeric_limits<double>::max()));
  for (const double bad : {-tiny, -1.0, -inf, double{NAN}}) EXPECT_TRUE(std::isnan(single(block_log, bad)));
}

TEST(BlockMath, KnowsTheEdgesOfSinAndCos) {
  EXPECT_EQ(single(block_sin, 0), 0);
  EXPECT_TRUE(std::signbit(single(block_sin, -0.0)));
  EXPECT_EQ(single(block_sin, tiny), tiny);
  EXPECT_EQ(single(block_cos, 0), 1);
  EXPECT_EQ(single(block_cos, tiny), 1);
  EXPECT_EQ(single(block_sin, 1e300), std::sin(1e300));  // libm's own
  for (const double bad : {inf, -inf, double{NAN}}) {
    EXPECT_TRUE(std::isnan(single(block_sin, bad)));
    EXPECT_TRUE(std::isnan(single(block_cos, bad)));
  }
}

TEST(BlockMath, KnowsTheEdgesOfTheHyperbolicFunctions) {
  for (const char* name : {"sinh", "tanh", "tan"}) {
    EXPECT_TRUE(std::signbit(single(table_function(name), -0.0))) << name;
    EXPECT_EQ(single(table_function(name), tiny), tiny) << name;
    EXPECT_TRUE(std::isnan(single(table_function(name), NAN))) << name;
  }
  EXPECT_EQ(single(table_function("tanh"), inf), 1);
  EXPECT_EQ(single(table_function("tanh"), -1e9), -1);
  EXPECT_EQ(single(table_function("sinh"), -inf), -inf);
  EXPECT_EQ(single(table_function("cosh"), -inf), inf);
  EXPECT_TRUE(std::isfinite(single(table_function("cosh"), 710.4)));  // exp(710.4) is beyond double precision
  EXPECT_EQ(single(table_function("cosh"), 0), 1);
}

TEST(BlockMath, GivesTheSameBitsOnEveryInstructionSet) {
  const InstructionSet before = parallel::instruction_set();
  const std::vector<double> x = any_size(-1074, 1023, true, 18);
  for (const Block& f : {Block(block_exp), Block(block_log), Block(block_sin), Block(block_cos)}) {
    parallel::use_instruction_set(InstructionSet::plain);
    const auto expected = mapped(f, x);
    for (const auto set : {InstructionSet::avx2, InstructionSet::avx512}) {
      parallel::use_instruction_set(set);
      const auto found = mapped(f, x);
      for (std::size_t i = 0; i < x.size(); ++i) {
        if (std::isnan(expected[i]) && std::isnan(found[i])) continue;
        ASSERT_EQ(std::bit_cast<std::uint64_t>(expected[i]), std::bit_cast<std::uint64_t>(found[i])) << x[i];
      }
    }
  }
  parallel::use_instruction_set(before);
}

TEST(BlockMath, WorksInPlaceAndOnAnyNumberOfPoints) {
  for (const std::size_t n : {0U, 1U, 7U, 8U, 255U, 257U, 600U}) {
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i)
      x[i] = 400.0 * static_cast<double>(i) - 3;  // some beyond the reduction
    const auto expected = mapped(block_sin, x);
    block_sin(x.data(), x.data(), n);
    EXPECT_EQ(x, expected);
    for (std::size_t i = 0; i < n; ++i)
      EXPECT_EQ(x[i], single(block_sin, 400.0 * static_cast<double>(i) - 3));
  }
}

}  // namespace
}  // namespace fpk::formula
