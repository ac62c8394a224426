#include "parallel/instruction_set.hpp"

#include <gtest/gtest.h>

namespace fpk::parallel {
namespace {

TEST(InstructionSets, NeverExceedWhatTheMachineHas) {
  const InstructionSet best = use_instruction_set(InstructionSet::avx512);
  for (const auto set : {InstructionSet::plain, InstructionSet::avx2, InstructionSet::avx512}) {
    EXPECT_EQ(use_instruction_set(set), set < best ? set : best);
    EXPECT_EQ(instruction_set(), set < best ? set : best);
  }
}

TEST(InstructionSets, ChooseWhatWasCompiledForThem) {
  constexpr int plain = 0, avx2 = 1, avx512 = 2;
  for (const auto asked : {InstructionSet::plain, InstructionSet::avx2, InstructionSet::avx512})
    EXPECT_EQ(choose(plain, avx2, avx512), static_cast<int>(use_instruction_set(asked)));
}

TEST(InstructionSets, AreNamedAsTheEnvironmentAsksForThem) {
  EXPECT_EQ(name(InstructionSet::plain), "plain");
  EXPECT_EQ(name(InstructionSet::avx2), "avx2");
  EXPECT_EQ(name(InstructionSet::avx512), "avx512");
}

}  // namespace
}  // namespace fpk::parallel
