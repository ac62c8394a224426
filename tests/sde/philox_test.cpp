#include "sde/noise/philox.hpp"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>
#include <vector>

#include "sde/noise/uniform.hpp"

namespace {

using namespace fpk::sde;

TwoNumbers expected(uint32_t w0, uint32_t w1, uint32_t w2, uint32_t w3) {
  return {static_cast<uint64_t>(w0) << 32 | w1, static_cast<uint64_t>(w2) << 32 | w3};
}

void expect_equal(const TwoNumbers& a, const TwoNumbers& b) {
  EXPECT_EQ(a.first, b.first);
  EXPECT_EQ(a.second, b.second);
}

// The three vectors for "philox 4x32 10" in kat_vectors of the authors' Random123.
TEST(Philox, GivesThePublishedKnownAnswers) {
  expect_equal(philox({0, 0, 0, 0}, 0), expected(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8));
  constexpr uint32_t f = 0xffffffff;
  expect_equal(philox({f, f, f, f}, 0xffffffffffffffff),
               expected(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd));
  expect_equal(philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0x299f31d0a4093822),
               expected(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1));
}

TEST(Philox, AgreesWithTheAuthorsCodeOnManyCounters) {
  uint64_t x = 1;
  const auto next = [&x] {
    return static_cast<uint32_t>((x = x * 6364136223846793005U + 1442695040888963407U) >> 32);
  };
  for (int n = 0; n < 10'000; ++n) {
    const uint32_t c[4] = {next(), next(), next(), next()};
    const uint32_t k[2] = {next(), next()};
    const auto theirs = r123::Philox4x32()({{c[0], c[1], c[2], c[3]}}, {{k[0], k[1]}});
    const auto ours = philox(c, static_cast<uint64_t>(k[1]) << 32 | k[0]);
    ASSERT_EQ(ours.first, expected(theirs[0], theirs[1], 0, 0).first);
    ASSERT_EQ(ours.second, expected(0, 0, theirs[2], theirs[3]).second);
  }
}

TEST(Counter, KeepsEveryFieldApart) {
  const uint64_t long_ones = (UINT64_C(1) << 48) - 1;
  std::set<std::tuple<uint32_t, uint32_t, uint32_t, uint32_t>> seen;
  std::size_t made = 0;
  for (const uint64_t particle : {UINT64_C(0), UINT64_C(1), UINT64_C(1) << 32, long_ones})
    for (const uint64_t step : {UINT64_C(0), UINT64_C(1), UINT64_C(1) << 32, long_ones})
      for (const auto purpose : {Purpose::initial_position, Purpose::brownian_increment, Purpose::picture})
        for (const uint16_t rung : {uint16_t{0}, uint16_t{1}, uint16_t{65535}})
          for (const uint32_t draw : {0U, 1U, 255U}) {
            const auto c = counter({1, purpose, rung}, particle, step, draw);
            seen.emplace(c.word[0], c.word[1], c.word[2], c.word[3]);
            ++made;
          }
  EXPECT_EQ(made, 4U * 4U * 3U * 3U * 3U);
  EXPECT_EQ(seen.size(), made);
}

TEST(Uniform, IsUniformByKolmogorovAndSmirnov) {
  constexpr std::size_t n = 1'000'000;
  std::vector<double> u(n);
  for (std::size_t i = 0; i < n; ++i) u[i] = uniform(42, Purpose::exact_sample, i);
  std::sort(u.begin(), u.end());
  EXPECT_GT(u.front(), 0.0);
  EXPECT_LT(u.back(), 1.0);
  double distance = 0;
  for (std::size_t i = 0; i < n; ++i)
    distance = std::max({distance, u[i] - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - u[i]});
  // P(sqrt(n) D > 2.69) = 2 exp(-2 * 2.69^2) = 1e-6.
  EXPECT_LT(distance * std::sqrt(static_cast<double>(n)), 2.69);
}

TEST(Uniform, HasOtherNumbersForAnotherSeedPurposeParticleStepOrDraw) {
  const std::set<double> all = {uniform(1, Purpose::picture, 0),       uniform(2, Purpose::picture, 0),
                                uniform(1, Purpose::exact_sample, 0),  uniform(1, Purpose::picture, 1),
                                uniform(1, Purpose::picture, 0, 1),    uniform(1, Purpose::picture, 0, 0, 1),
                                uniform(1, Purpose::picture, 0, 0, 2), uniform({1, Purpose::picture, 1}, 0)};
  EXPECT_EQ(all.size(), 8U);
}

}  // namespace
