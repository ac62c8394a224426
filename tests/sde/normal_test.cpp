#include "sde/noise/fill.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

#include "parallel/instruction_set.hpp"
#include "sde/block.hpp"
#include "sde/noise/philox.hpp"

namespace {

using namespace fpk;
using sde::BlockArrays;
using sde::Purpose;
using sde::Stream;
constexpr std::size_t width = formula::block_width;

BlockArrays normals(const Stream& stream, uint64_t first, uint64_t step, std::size_t components,
                    double variance = 1) {
  BlockArrays z(components);
  sde::fill_normals(stream, first, step, variance, z.all());
  return z;
}

/// Box and Muller by the C library in extended precision from u and the angle, quarters as in sde/noise/box_muller.hpp.
std::pair<long double, long double> box_muller(long double u, long double x, bool mirror, bool diagonal) {
  const long double r = std::sqrt(-2 * std::log(u)), angle = x * std::numbers::pi_v<long double> / 2;
  long double c = std::cos(angle), s = std::sin(angle);
  if (mirror) c = -c;
  if (diagonal) std::swap(c, s);
  return {r * c, r * s};
}

double distance(double z, long double exact) {
  return static_cast<double>(std::abs(static_cast<long double>(z) - exact));
}

TEST(Normals, AreTheTransformOfBoxAndMullerToFourteenDecimals) {
  const Stream stream{17, Purpose::brownian_increment};
  double worst = 0;
  for (uint64_t step = 0; step < 2000; ++step) {
    const auto z = normals(stream, 512, step, 2);
    for (uint64_t i = 0; i < width; ++i) {
      const auto bits = sde::philox(sde::counter(stream, 512 + i, step, 0).word, stream.seed);
      const auto lattice = static_cast<long double>((bits.second & 0xFFFFFFFFFFFFFU) | 1U);
      const auto [c, s] = box_muller(
          std::ldexp(static_cast<long double>(static_cast<double>(bits.first | 1U)), -64),
          std::ldexp(lattice, -52) - 0.5L, (bits.second >> 63) != 0, ((bits.second >> 62) & 1U) != 0);
      worst = std::max({worst, distance(z[0][i], c), distance(z[1][i], s)});
    }
  }
  EXPECT_LT(worst, 4e-15);  // as box_muller.hpp promises
  EXPECT_GT(worst, 0);
}

TEST(Normals, Of32BitsAreTheTransformOfBoxAndMullerToNineDecimals) {
  const Stream stream{18, Purpose::brownian_increment};
  double worst = 0;
  BlockArrays z(4);
  for (uint64_t step = 0; step < 2000; ++step) {
    sde::fill_increments(stream, sde::NoiseKind::normal_32, 512, step, 1, z.all());
    for (uint64_t i = 0; i < width; ++i) {
      const auto bits = sde::philox(sde::counter(stream, 512 + i, step, 0).word, stream.seed);
      std::size_t k = 0;
      for (const uint64_t two : {bits.first, bits.second}) {
        const auto radius = static_cast<long double>(two >> 32),
                   angle = static_cast<long double>(two & 0x3FFFFFFFU);
        const auto [c, s] = box_muller(std::ldexp(radius + 0.5L, -32), std::ldexp(angle + 0.5L, -30) - 0.5L,
                                       (two >> 31 & 1U) != 0, (two >> 30 & 1U) != 0);
        worst = std::max({worst, distance(z[k][i], c), distance(z[k + 1][i], s)});
        k += 2;
      }
    }
  }
  EXPECT_LT(worst, 4e-10);  // as box_muller.hpp promises
  EXPECT_GT(worst, 1e-13);  // the coarse series are in use
}

TEST(Normals, HaveTheSameBitsOnEveryInstructionSet) {
  using parallel::InstructionSet;
  const auto best = parallel::instruction_set();
  for (const std::size_t components : {1U, 2U, 3U}) {
    parallel::use_instruction_set(InstructionSet::plain);
    const auto reference = normals({3, Purpose::picture}, 1 << 20, 77, components, 0.3);
    for (const auto set : {InstructionSet::avx2, InstructionSet::avx512}) {
      parallel::use_instruction_set(set);
      const auto z = normals({3, Purpose::picture}, 1 << 20, 77, components, 0.3);
      for (std::size_t k = 0; k < components; ++k)
        EXPECT_EQ(std::memcmp(z[k], reference[k], width * sizeof(double)), 0) << parallel::name(set);
    }
  }
  parallel::use_instruction_set(best);
}

TEST(Normals, ScaleWithTheRootOfTheVariance) {
  const auto one = normals({5}, 0, 9, 2), quarter = normals({5}, 0, 9, 2, 0.25);
  for (std::size_t k = 0; k < 2; ++k)
    for (std::size_t i = 0; i < width; ++i)
      EXPECT_EQ(quarter[k][i], 0.5 * one[k][i]);  // a power of two is exact
}

TEST(Normals, AreNormalByKolmogorovAndSmirnov) {
  std::vector<double> z;
  for (uint64_t block = 0; block < 4096; ++block) {
    const auto pair = normals({12}, block * width, 0, 2);
    for (std::size_t k = 0; k < 2; ++k) z.insert(z.end(), pair[k], pair[k] + width);
  }
  std::sort(z.begin(), z.end());
  const auto n = static_cast<double>(z.size());
  double distance = 0;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double p = 0.5 * std::erfc(-z[i] / std::numbers::sqrt2), below = static_cast<double>(i) / n;
    distance = std::max({distance, p - below, below + 1 / n - p});
  }
  EXPECT_LT(distance * std::sqrt(n), 2.69);  // false alarm 2 exp(-2 * 2.69^2) = 1e-6
  EXPECT_GT(z.back(), 4);  // the tail is there: no one of 2e6 beyond 4 has probability exp(-66)
}

}  // namespace
