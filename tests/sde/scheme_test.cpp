#include "sde/scheme.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "parallel/instruction_set.hpp"
#include "sde/block.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using sde::problems::process;
constexpr std::size_t width = formula::block_width;

TEST(Schemes, AreFoundByTheirNames) {
  EXPECT_FALSE(sde::schemes().empty());
  for (const auto& row : sde::schemes()) EXPECT_EQ(sde::find_scheme(row.name), &row);
  EXPECT_EQ(sde::find_scheme("euler"), nullptr);
}

TEST(Schemes, StateOrdersAndASource) {
  for (const auto& row : sde::schemes()) {
    EXPECT_GT(row.weak_order, 0) << row.name;
    EXPECT_GT(row.strong_order, 0) << row.name;
    EXPECT_GE(row.strong_order_additive, row.strong_order) << row.name;
    EXPECT_GE(row.weak_order_additive, row.weak_order) << row.name;
    EXPECT_GE(row.invariant_order, row.weak_order) << row.name;
    EXPECT_FALSE(row.source.empty()) << row.name;
  }
}

// b = (x y - t, -y + t^2), sigma = [0.3, 0, x; y, -0.2, t]: constant, zero and varying entries, and time.
TEST(EulerMaruyama, TakesTheStepOfItsFormula) {
  const auto p = process({"x", "y"}, {"x*y - t", "-y + t^2"}, {{"0.3", "0", "x"}, {"y", "-0.2", "t"}});
  const auto scheme = sde::find_scheme("euler-maruyama")->make(p);
  ASSERT_EQ(scheme->draws().increments, 3U);
  const auto scratch = scheme->scratch();
  const sde::BlockArrays X(2), dW(3);
  for (std::size_t i = 0; i < width; ++i) {
    const double s = static_cast<double>(i) / width;
    X[0][i] = 1 - s;
    X[1][i] = std::cos(7 * s);
    for (std::size_t k = 0; k < 3; ++k) dW[k][i] = std::sin(static_cast<double>(k + 1) * 9 * s + 1);
  }
  const double t = 1.7, dt = 0.13;
  std::vector<double> x(X[0], X[0] + width), y(X[1], X[1] + width);
  scheme->step(X.all(), t, dt, {dW.all_const()}, *scratch);
  for (std::size_t i = 0; i < width; ++i) {
    const double after_x = x[i] + (x[i] * y[i] - t) * dt + 0.3 * dW[0][i] + x[i] * dW[2][i];
    const double after_y = y[i] + (-y[i] + t * t) * dt + y[i] * dW[0][i] - 0.2 * dW[1][i] + t * dW[2][i];
    ASSERT_NEAR(X[0][i], after_x, 1e-15 * 8);  // sums of a few terms of size 2 at most
    ASSERT_NEAR(X[1][i], after_y, 1e-15 * 8);
  }
}

TEST(EulerMaruyama, IsEulersMethodWithoutNoise) {
  const auto p = process({"x", "y"}, {"y", "-x"}, {{}, {}});
  const auto scheme = sde::find_scheme("euler-maruyama")->make(p);
  EXPECT_EQ(scheme->draws().increments, 0U);
  const auto scratch = scheme->scratch();
  const sde::BlockArrays X(2);
  for (std::size_t i = 0; i < width; ++i) X[0][i] = 1, X[1][i] = 0;
  scheme->step(X.all(), 0, 0.125, {{}}, *scratch);
  EXPECT_EQ(X[0][9], 1);
  EXPECT_EQ(X[1][9], -0.125);
}

/// A process for each scheme: the first of these that it takes.
const model::Process& process_for(const sde::SchemeFacts& row) {
  static const std::vector<model::Process> all{
      process({"x", "y"}, {"sin(y) - x^3", "x*y - t"}, {{"0.5 + 0.3*y", "0.2*x"}, {"cos(x)", "0.7"}}),
      process({"x", "y"}, {"sin(y) - x^3", "x*y - t"}, {{"exp(0.3*x)", "0"}, {"0", "0.5 + y^2"}}),
      sde::problems::double_well(), process({"q", "v"}, {"v", "-sin(q) - 0.5*v"}, {{"0"}, {"0.7"}}),
      process({"x", "y"}, {"-x + y", "-2*y - x"}, {{"0.5", "0.1"}, {"0", "0.3"}})};
  return *std::find_if(all.begin(), all.end(), [&](const auto& p) { return row.refusal(p).empty(); });
}

/// The bits of 20 steps of a block.
std::vector<double> twenty_steps(const sde::SchemeFacts& row) {
  const auto scheme = row.make(process_for(row));
  const auto scratch = scheme->scratch();
  const sde::BlockArrays X(2);
  for (std::size_t i = 0; i < width; ++i) X[0][i] = 0.01 * static_cast<double>(i) - 1, X[1][i] = 0.3;
  sde::DrawBlocks numbers(scheme->draws());
  for (std::uint64_t n = 0; n < 20; ++n) {
    sde::draw(sde::ensemble_streams(5), sde::NoiseKind::normal, 0, n, 0.02, numbers);
    scheme->step(X.all(), 0.02 * static_cast<double>(n), 0.02, numbers.all(), *scratch);
  }
  std::vector<double> all(X[0], X[0] + width);
  all.insert(all.end(), X[1], X[1] + width);
  return all;
}

TEST(Schemes, HaveTheSameBitsOnEveryInstructionSet) {
  using parallel::InstructionSet;
  const auto best = parallel::instruction_set();
  for (const auto& row : sde::schemes()) {
    parallel::use_instruction_set(InstructionSet::plain);
    const auto reference = twenty_steps(row);
    EXPECT_TRUE(std::all_of(reference.begin(), reference.end(), [](double x) { return std::isfinite(x); }))
        << row.name;
    for (const auto set : {InstructionSet::avx2, InstructionSet::avx512}) {
      parallel::use_instruction_set(set);
      const auto other = twenty_steps(row);
      EXPECT_EQ(std::memcmp(reference.data(), other.data(), reference.size() * sizeof(double)), 0)
          << row.name;
    }
    parallel::use_instruction_set(best);
  }
}

TEST(Schemes, MoveAWholeBlockOfParticlesByItsOwnNumbers) {
  for (const auto& row : sde::schemes()) {
    const auto after = twenty_steps(row);
    for (std::size_t i = 1; i < width; ++i) ASSERT_NE(after[i], after[i - 1]) << row.name;
  }
}

}  // namespace
