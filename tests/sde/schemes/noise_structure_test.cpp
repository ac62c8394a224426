#include "sde/schemes/noise_structure.hpp"

#include <gtest/gtest.h>

#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using problems::process;

bool commutes(const std::vector<std::vector<std::string>>& noise) {
  const std::vector<std::string> names{"x", "y"};
  return non_commuting_sources(process(names, {"x", "y"}, noise)).empty();
}

TEST(NoiseStructure, TellsAdditiveFromConstantNoise) {
  EXPECT_TRUE(has_constant_noise(process({"x"}, {"x"}, {{"2"}})));
  EXPECT_TRUE(has_additive_noise(process({"x"}, {"x"}, {{"1 + t"}})));
  EXPECT_FALSE(has_constant_noise(process({"x"}, {"x"}, {{"1 + t"}})));
  EXPECT_FALSE(has_additive_noise(process({"x", "y"}, {"x", "y"}, {{"1", "0"}, {"0", "x"}})));
}

TEST(NoiseStructure, FindsTheNoiseThatCommutes) {
  EXPECT_TRUE(commutes({{"x*y"}, {"sin(x)"}}));                           // one source
  EXPECT_TRUE(commutes({{"1 + x^2", "0"}, {"0", "sqrt(1 + y^2)"}}));      // diagonal
  EXPECT_TRUE(commutes({{"0.3*x", "0.1*x"}, {"0.2*y", "-0.4*y"}}));       // linear, by matrices that commute
  EXPECT_TRUE(commutes({{"sin(x + y)", "2*sin(x + y)"}, {"x", "2*x"}}));  // one field twice
  // Equal as functions, with texts that differ: (x + y)^2 and x^2 + 2 x y + y^2.
  EXPECT_TRUE(commutes({{"(x + y)^2", "x^2 + 2*x*y + y^2"}, {"1", "1"}}));
}

TEST(NoiseStructure, FindsTheNoiseThatDoesNotCommute) {
  EXPECT_FALSE(commutes({{"1", "0"}, {"0", "x"}}));  // Heisenberg's
  EXPECT_FALSE(commutes({{"y", "x"}, {"x", "0.5*y"}}));
  EXPECT_FALSE(commutes({{"1", "0"}, {"0", "1 + 1e-6*x"}}));  // by little
}

TEST(NoiseStructure, ComparesWhereBothHaveAValue) {
  const std::vector<std::string> names{"x"};
  const auto p = process(names, {"0"}, {{"1"}});
  const auto f = [&](const std::string& text) { return formula::parse(text, {names, {}, {}}); };
  EXPECT_TRUE(agree(f("sqrt(x)^2"), f("x"), p));  // half of the points have none
  EXPECT_FALSE(agree(f("sqrt(x)^2"), f("x + 0.001"), p));
  EXPECT_FALSE(agree(f("sqrt(-1 - x^2)"), f("x*sqrt(-1 - x^2)"), p));  // nowhere: not known to be equal
}

}  // namespace
