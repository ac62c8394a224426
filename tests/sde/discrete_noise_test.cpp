// Two- and three-point numbers, signs and uniform numbers: from which bits, and how often each.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>
#include <vector>

#include "parallel/instruction_set.hpp"
#include "sde/block.hpp"
#include "sde/noise/fill.hpp"
#include "sde/noise/philox.hpp"
#include "sde/noise/uniform.hpp"

namespace {

using namespace fpk;
using sde::BlockArrays;
using sde::NoiseKind;
using sde::Purpose;
using sde::Stream;
constexpr std::size_t width = formula::block_width;
constexpr Stream stream{21, Purpose::brownian_increment, 3};
constexpr uint64_t first = 7 * width;

/// Bit j of particle first + i, as sde/noise/bit_planes.hpp defines it, by the scalar generator.
bool bit(uint64_t step, uint32_t draw, uint64_t j, std::size_t i) {
  const auto two = sde::philox(sde::counter(stream, first + 2 * j + i / 128, step, draw).word, stream.seed);
  return ((i / 64 % 2 == 0 ? two.first : two.second) >> i % 64 & 1U) != 0;
}

/// Whether the binary fraction of bits 1, 2, ... is below 1/3, to 127 bits.
bool below_a_third(uint64_t step, uint32_t draw, std::size_t i) {
  for (uint64_t j = 1; j < 128; ++j) {
    const bool b = bit(step, draw, j, i), digit = j % 2 == 0;  // 1/3 = 0.010101...
    if (b != digit) return digit;
  }
  return false;
}

TEST(TwoPointNoise, IsOneBitOfThePlane) {
  for (const std::size_t components : {1U, 2U, 5U}) {
    BlockArrays z(components);
    for (uint64_t step = 90; step < 94; ++step) {
      sde::fill_increments(stream, NoiseKind::two_point, first, step, 0.25, z.all());
      for (uint32_t k = 0; k < components; ++k)
        for (std::size_t i = 0; i < width; ++i) ASSERT_EQ(z[k][i], bit(step, k, 0, i) ? -0.5 : 0.5);
    }
  }
}

TEST(ThreePointNoise, ComparesABinaryFractionWithAThird) {
  BlockArrays z(3);
  std::size_t decided_late = 0;
  for (uint64_t step = 0; step < 60; ++step) {
    sde::fill_increments(stream, NoiseKind::three_point, first, step, 1.0 / 3, z.all());
    for (uint32_t k = 0; k < 3; ++k)
      for (std::size_t i = 0; i < width; ++i) {
        const double expected = below_a_third(step, k, i) ? (bit(step, k, 0, i) ? -1.0 : 1.0) : 0.0;
        ASSERT_EQ(z[k][i], expected) << "particle " << i << " step " << step;
        bool late = true;
        for (uint64_t j = 1; j < 12 && late; ++j) late = bit(step, k, j, i) == (j % 2 == 0);
        decided_late += late ? 1 : 0;
      }
  }
  EXPECT_GT(
      decided_late,
      0U);  // of 46 thousand, each with probability 2^-11: the planes after the first twelve were needed
}

TEST(Signs, AreOneBitEach) {
  BlockArrays z(2);
  sde::fill_signs(stream, first, 5, z.all());
  for (uint32_t k = 0; k < 2; ++k)
    for (std::size_t i = 0; i < width; ++i) EXPECT_EQ(z[k][i], bit(5, k, 0, i) ? -1.0 : 1.0);
}

TEST(Uniforms, AreThoseOfTheScalarFunction) {
  BlockArrays u(3);
  sde::fill_uniforms(stream, first, 11, u.all());
  for (uint32_t k = 0; k < 3; ++k)
    for (std::size_t i = 0; i < width; ++i) ASSERT_EQ(u[k][i], sde::uniform(stream, first + i, 11, k));
}

void fill(NoiseKind kind, const BlockArrays& to) {
  sde::fill_increments({3, Purpose::picture, 2}, kind, 1 << 20, (UINT64_C(1) << 33) + 77, 0.3, to.all());
}

TEST(Noise, HasTheSameBitsOnEveryInstructionSet) {
  using parallel::InstructionSet;
  const auto best = parallel::instruction_set();
  int compared = 0;
  for (const auto kind :
       {NoiseKind::normal, NoiseKind::normal_32, NoiseKind::three_point, NoiseKind::two_point})
    for (std::size_t components = 1; components <= 7; ++components) {
      const BlockArrays reference(components), z(components);
      parallel::use_instruction_set(InstructionSet::plain);
      fill(kind, reference);
      for (const auto set : {InstructionSet::avx2, InstructionSet::avx512}) {
        parallel::use_instruction_set(set);
        fill(kind, z);
        for (std::size_t k = 0; k < components; ++k, ++compared)
          EXPECT_EQ(std::memcmp(z[k], reference[k], width * sizeof(double)), 0) << parallel::name(set);
      }
    }
  parallel::use_instruction_set(best);
  EXPECT_EQ(compared, 4 * 28 * 2);
}

TEST(Noise, GivesEveryParticleAndComponentANumberOfItsOwn) {
  for (const auto kind : {NoiseKind::normal, NoiseKind::normal_32})
    for (std::size_t components = 1; components <= 7; ++components) {
      const BlockArrays z(components);
      fill(kind, z);
      std::map<double, int> seen;
      for (std::size_t k = 0; k < components; ++k)
        for (std::size_t i = 0; i < width; ++i) ++seen[z[k][i]];
      EXPECT_EQ(seen.size(), components * width);
    }
}

// One set of kept rounds for calls that differ in one argument after another.
TEST(Noise, IsTheSameWhateverRoundsOfPhiloxWereKept) {
  struct Call {
    Stream stream;
    uint64_t first, step;
  };
  const Stream base{5, Purpose::brownian_increment};
  const std::vector<Call> calls = {{base, 0, 0},
                                   {base, 0, 1},
                                   {base, width, 1},
                                   {base, UINT64_C(1) << 40, 1},
                                   {base, UINT64_C(1) << 40, UINT64_C(1) << 32},
                                   {{6, Purpose::brownian_increment}, UINT64_C(1) << 40, UINT64_C(1) << 32},
                                   {{6, Purpose::observation}, UINT64_C(1) << 40, UINT64_C(1) << 32},
                                   {{6, Purpose::observation, 2}, UINT64_C(1) << 40, UINT64_C(1) << 32}};
  for (const auto kind : {NoiseKind::normal, NoiseKind::normal_32})
    for (const std::size_t components : {1U, 2U, 3U, 7U}) {
      std::vector<sde::BlockRounds> kept(sde::draws_of_normals(components));
      const BlockArrays with(components), without(components);
      for (const auto& [from, particle, step] : calls) {
        sde::fill_increments(from, kind, particle, step, 1, with.all(), kept);
        sde::fill_increments(from, kind, particle, step, 1, without.all());
        for (std::size_t k = 0; k < components; ++k)
          ASSERT_EQ(std::memcmp(with[k], without[k], width * sizeof(double)), 0);
      }
    }
}

}  // namespace
