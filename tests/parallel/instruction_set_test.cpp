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

TEST(InstructionSets, AreNamedAsTheEnvironmentAsksForThem) {
  EXPECT_EQ(name(InstructionSet::plain), "plain");
  EXPECT_EQ(name(InstructionSet::avx2), "avx2");
  EXPECT_EQ(name(InstructionSet::avx512), "avx512");
}

}  // namespace
}  // namespace fpk::parallel
