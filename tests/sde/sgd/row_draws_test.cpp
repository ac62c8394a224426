// Which rows a batch is made of: every row alike, every subset alike, every order alike.
#include "sde/row_draws.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <map>
#include <set>

#include "parallel/instruction_set.hpp"
#include "sde/noise/philox.hpp"

namespace {

using namespace fpk;
using model::Sampling;
using sde::RowBlocks;
using sde::RowCounts;

constexpr std::size_t width = formula::block_width;
constexpr sde::Stream stream{.seed = 31, .purpose = sde::Purpose::batch};
/// Of a chi-squared test; eight of them are made here, with fixed seeds.
constexpr double false_alarm = 1e-4;

using Rows = std::vector<std::uint32_t>;

/// The rows of batch m of every lane at this many steps.
template <class Look>
void look_at(const RowCounts& counts, std::size_t m, std::uint64_t steps, Look look) {
  RowBlocks blocks(counts);
  Rows rows(counts.batch);
  for (std::uint64_t step = 0; step < steps; ++step)
    for (const std::uint64_t first : {std::uint64_t{0}, std::uint64_t{width}}) {
      blocks.draw(stream, first, step);
      for (std::size_t lane = 0; lane < width; ++lane) {
        for (std::size_t k = 0; k < counts.batch; ++k) rows[k] = blocks.all()[m * counts.batch + k][lane];
        look(rows, step, lane);
      }
    }
}

/// All `kinds` outcomes occur, and as often as each other.
void expect_alike(const std::map<Rows, double>& seen, std::size_t kinds) {
  ASSERT_EQ(seen.size(), kinds);
  double all = 0, chi_squared = 0;
  for (const auto& [outcome, count] : seen) all += count;
  const double expected = all / static_cast<double>(kinds);
  for (const auto& [outcome, count] : seen) chi_squared += (count - expected) * (count - expected) / expected;
  const boost::math::chi_squared law(static_cast<double>(kinds - 1));
  EXPECT_LT(chi_squared, quantile(complement(law, false_alarm)));
  EXPECT_GT(chi_squared, quantile(law, false_alarm));  // nor more evenly than chance
}

TEST(RowDraws, WithReplacementEveryPairOfRowsIsEquallyLikely) {
  std::map<Rows, double> pairs, apart;
  look_at({2, 3, 7, Sampling::with_replacement}, 1, 200, [&](const Rows& rows, auto, auto) {
    ++pairs[{rows[0], rows[1]}];
    ++apart[{rows[0], rows[2]}];
  });
  expect_alike(pairs, 49);
  expect_alike(apart, 49);
}

TEST(RowDraws, WithReplacementRowsAreTheWordsOfPhiloxScaled) {
  constexpr std::size_t batch = 1031, of = 569;  // more blocks of Philox than a counter's field holds
  constexpr std::uint64_t step = 5'000'000'000, first = 512;
  RowBlocks blocks({1, batch, of, Sampling::with_replacement});
  blocks.draw(stream, first, step);
  for (std::size_t k = 0; k < batch; ++k) {
    sde::Stream of_block = stream;
    of_block.rung = static_cast<std::uint16_t>(k / 4 / 256);
    for (const std::size_t lane : {0U, 1U, 130U, 255U}) {
      const auto bits = sde::philox(
          sde::counter(of_block, first + lane, step, static_cast<std::uint32_t>(k / 4 % 256)).word,
          stream.seed);
      const std::uint64_t number = k % 4 < 2 ? bits.first : bits.second;
      const std::uint64_t word = k % 2 == 0 ? number & 0xFFFFFFFFU : number >> 32;
      ASSERT_EQ(blocks.all()[k][lane], word * of >> 32) << k << ' ' << lane;
    }
  }
}

TEST(RowDraws, WithoutReplacementAllTenPairsOfFiveRowsAreEquallyLikely) {
  std::map<Rows, double> subsets, orders;
  look_at({2, 2, 5, Sampling::without_replacement}, 1, 100, [&](Rows rows, auto, auto) {
    ++orders[rows];
    std::ranges::sort(rows);
    ++subsets[rows];
  });
  expect_alike(subsets, 10);
  expect_alike(orders, 20);
}

// A batch that grows to `batch` takes the first rows of that many.
TEST(RowDraws, WithoutReplacementTheFirstRowsOfABatchAreABatch) {
  std::map<Rows, double> first;
  look_at({1, 5, 6, Sampling::without_replacement}, 0, 100, [&](Rows rows, auto, auto) {
    rows.resize(2);
    ++first[rows];
  });
  expect_alike(first, 30);
}

// Beyond 32 rows a batch is drawn in another way: by a table of the places.
TEST(RowDraws, WithoutReplacementLargeBatchesAreDifferentRowsAllAlike) {
  std::map<Rows, double> left_out;
  look_at({2, 39, 41, Sampling::without_replacement}, 1, 40, [&](const Rows& rows, auto, auto) {
    Rows missing;
    std::vector<int> times(41);
    for (const auto row : rows) ++times.at(row);
    for (std::uint32_t row = 0; row < 41; ++row)
      if (times[row] == 0) missing.push_back(row);
    ASSERT_EQ(missing.size(), 2U);
    ++left_out[missing];
  });
  expect_alike(left_out, 820);
}

RC_GTEST_PROP(RowDraws, WithoutReplacementTheTwoWaysGiveTheSameRows, ()) {
  // The first 32 of 33 rows, which are drawn in the one way, are the batch of 32 that is drawn in the other.
  const auto of = *rc::gen::inRange<std::size_t>(33, 400);
  const auto step = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
  RowBlocks few({1, 32, of, Sampling::without_replacement}), many({1, 33, of, Sampling::without_replacement});
  few.draw(stream, 256, step);
  many.draw(stream, 256, step);
  for (std::size_t k = 0; k < 32; ++k)
    RC_ASSERT(std::equal(few.all()[k], few.all()[k] + width, many.all()[k]));
}

TEST(RowDraws, AnEpochOfAReshuffleIsAPermutation) {
  constexpr std::size_t of = 14, batch = 3, steps = of / batch;  // two rows wait for another epoch
  std::vector<std::set<std::uint32_t>> seen(width);
  RowBlocks blocks({1, batch, of, Sampling::reshuffle});
  for (std::uint64_t step = 0; step < 5 * steps; ++step) {
    blocks.draw(stream, 0, step);
    for (std::size_t lane = 0; lane < width; ++lane) {
      if (step % steps == 0) seen[lane].clear();
      for (std::size_t k = 0; k < batch; ++k) {
        const auto row = blocks.all()[k][lane];
        EXPECT_LT(row, of);
        EXPECT_TRUE(seen[lane].insert(row).second) << "row " << row << " again in step " << step;
      }
    }
  }
}

TEST(RowDraws, AllSixOrdersOfThreeRowsAreEquallyLikelyInAReshuffle) {
  std::map<Rows, double> orders;
  std::vector<Rows> order(2 * width);
  std::size_t at = 0;
  look_at({1, 1, 3, Sampling::reshuffle}, 0, 3 * 100, [&](const Rows& rows, std::uint64_t step, auto) {
    Rows& of_chain = order[at++ % (2 * width)];
    of_chain.push_back(rows[0]);
    if (step % 3 != 2) return;
    ++orders[of_chain];
    of_chain.clear();
  });
  expect_alike(orders, 6);
}

TEST(RowDraws, AreTheSameOnEveryInstructionSet) {
  using parallel::InstructionSet;
  const auto best = parallel::instruction_set();
  for (const auto& counts :
       {RowCounts{2, 5, 569, Sampling::with_replacement}, RowCounts{2, 7, 11, Sampling::without_replacement},
        RowCounts{1, 40, 50, Sampling::without_replacement}, RowCounts{1, 4, 23, Sampling::reshuffle}}) {
    RowBlocks reference(counts), other(counts);
    for (const auto set : {InstructionSet::avx2, InstructionSet::avx512})
      for (const std::uint64_t step : {0U, 1U, 77U}) {
        parallel::use_instruction_set(InstructionSet::plain);
        reference.draw(stream, 768, step);
        parallel::use_instruction_set(set);
        other.draw(stream, 768, step);
        for (std::size_t k = 0; k < counts.batches * counts.batch; ++k)
          ASSERT_TRUE(std::equal(other.all()[k], other.all()[k] + width, reference.all()[k]));
      }
  }
  parallel::use_instruction_set(best);
}

}  // namespace
