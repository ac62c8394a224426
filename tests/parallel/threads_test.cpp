#include "parallel/threads.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

namespace fpk::parallel {
namespace {

class Threads : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override { ASSERT_EQ(use_threads(GetParam()), GetParam()); }
  void TearDown() override { use_threads(1); }
};

TEST_P(Threads, VisitEveryItemOnceInChunksCutAlike) {
  constexpr std::size_t n = 1003, chunk = 17;
  std::vector<std::atomic<int>> visits(n);
  std::atomic<int> odd_chunks{0};
  for_each_chunk(n, chunk, [&](std::size_t begin, std::size_t end, std::size_t worker) {
    if (begin % chunk != 0 || (end - begin != chunk && end != n) || worker >= threads()) ++odd_chunks;
    for (std::size_t i = begin; i < end; ++i) ++visits[i];
  });
  EXPECT_EQ(odd_chunks, 0);
  for (const auto& count : visits) ASSERT_EQ(count, 1);
}

TEST_P(Threads, HaveScratchSpaceOfTheirOwn) {
  // Two bodies with the same worker number at one time would meet in the flag.
  std::vector<std::atomic<bool>> busy(threads());
  std::atomic<int> meetings{0};
  for_each_chunk(2000, 1, [&](std::size_t, std::size_t, std::size_t worker) {
    if (busy[worker].exchange(true)) ++meetings;
    busy[worker] = false;
  });
  EXPECT_EQ(meetings, 0);
}

TEST_P(Threads, PassOnAnExceptionAndWorkOnAfterwards) {
  const auto fail_at = [](std::size_t bad) {
    for_each_chunk(100, 1, [bad](std::size_t begin, std::size_t, std::size_t) {
      if (begin == bad) throw std::runtime_error("chunk " + std::to_string(begin));
    });
  };
  EXPECT_THROW(fail_at(0), std::runtime_error);
  EXPECT_THROW(fail_at(99), std::runtime_error);
  EXPECT_NO_THROW(fail_at(100));
}

TEST_P(Threads, DoNothingForAnEmptyRange) {
  bool called = false;
  for_each_chunk(0, 8, [&](std::size_t, std::size_t, std::size_t) { called = true; });
  EXPECT_FALSE(called);
}

INSTANTIATE_TEST_SUITE_P(UpToFour, Threads, testing::Values(1, 2, 4));

TEST(ThreadCount, IsThatOfTheMachineWhereNoneIsAskedFor) {
  EXPECT_GE(use_threads(0), 1U);
  EXPECT_EQ(threads(), use_threads(0));
  use_threads(1);
}

TEST(PairwiseSum, IsExactForIntegers) {
  for (const std::size_t n : {0U, 1U, 7U, 8U, 9U, 1000U}) {
    std::vector<double> terms(n);
    for (std::size_t i = 0; i < n; ++i) terms[i] = static_cast<double>(i);
    EXPECT_EQ(pairwise_sum(terms.data(), n),
              n == 0 ? 0.0 : 0.5 * static_cast<double>(n) * static_cast<double>(n - 1));
  }
}

TEST(PairwiseSum, LosesFewerDigitsThanASumInOrder) {
  // A million times 0.1: in order the error is about n eps times the sum's mean size; in a tree at most
  // (log2(n / 8) + 8) roundings of eps/2 = 1.1e-16 each, relative to the sum 1e5.
  constexpr std::size_t n = 1'000'000;
  const std::vector<double> terms(n, 0.1);
  double in_order = 0;
  for (const double t : terms) in_order += t;
  const double exact = 1e5;
  EXPECT_GT(std::abs(in_order - exact), 1e-7);
  EXPECT_LE(std::abs(pairwise_sum(terms.data(), n) - exact), 25 * 1.2e-16 * exact);
}

}  // namespace
}  // namespace fpk::parallel
