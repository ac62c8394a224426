// Compiled-in steps against the ensemble that runs the same process from formulas.
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "law/exact/point.hpp"
#include "parallel/instruction_set.hpp"
#include "sde/block.hpp"
#include "sde/ensemble.hpp"
#include "sde/noise/fill.hpp"
#include "tests/sde/fused_kernels.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using sde::NoiseKind;

constexpr std::size_t width = formula::block_width, blocks = 3;
constexpr double dt = 1.0 / 64;
constexpr std::uint64_t seed = 31, steps = 83;  // not a multiple of the steps that a block takes at once

/// Those of the instruction set in use.
const sde::FusedKernels& kernels() {
  using namespace sde;
  return FPK_KERNELS_IN_USE(fused_kernels);
}

using Particles = std::vector<std::vector<double>>;

Particles by_ensemble(NoiseKind kind, std::size_t d) {
  std::vector<std::string> names, drift;
  std::vector<std::vector<std::string>> noise(d, std::vector<std::string>(d, "0"));
  std::vector<double> start;
  for (std::size_t k = 0; k < d; ++k) {
    names.emplace_back(1, "xyzuv"[k]);
    drift.push_back(names[k] + "*(-2)");
    noise[k][k] = "0.5";
    start.push_back(1.0 + static_cast<double>(k));
  }
  sde::Ensemble ensemble(process(names, drift, noise), box(names, -100, 100), law::PointMass(names, start),
                         {blocks * width, "euler-maruyama", dt, seed, kind}, parallel::Communicator::self());
  ensemble.advance(static_cast<double>(steps) * dt);
  Particles x;
  for (std::size_t k = 0; k < d; ++k)
    x.emplace_back(ensemble.sample().positions(k), ensemble.sample().positions(k) + blocks * width);
  return x;
}

Particles by_loop(NoiseKind kind, std::size_t d) {
  const auto relax = kernels().relax;
  Particles x;
  std::vector<double*> at;
  for (std::size_t k = 0; k < d; ++k) x.emplace_back(blocks * width, 1.0 + static_cast<double>(k));
  for (auto& coordinate : x) at.push_back(coordinate.data());
  // In two goes, as between two observations.
  relax(kind, d, seed, dt, at.data(), blocks, 0, 0, 21);
  relax(kind, d, seed, dt, at.data(), blocks, 0, 21, steps);
  return x;
}

// A power of two for the strength of the noise, so that sqrt(s^2 dt) is s sqrt(dt) to the bit.
TEST(FusedSteps, TakeTheParticlesOfTheEnsembleOnEveryInstructionSet) {
  using parallel::InstructionSet;
  const auto best = parallel::instruction_set();
  for (const auto kind : sde::noise_kinds())
    for (const std::size_t d : {2U, 3U, 5U}) {
      const auto expected = by_ensemble(kind, d);
      EXPECT_NE(expected[0][0], expected[0][1]);
      for (const auto set : {InstructionSet::plain, InstructionSet::avx2, InstructionSet::avx512}) {
        parallel::use_instruction_set(set);
        EXPECT_EQ(by_loop(kind, d), expected) << sde::name(kind) << " " << d << " " << parallel::name(set);
      }
      parallel::use_instruction_set(best);
    }
}

// The step's high word enters another field of the counter, and what is kept from step to step must follow.
TEST(FusedSteps, CountStepsBeyondThirtyTwoBits) {
  const std::uint64_t from = (std::uint64_t{1} << 32) - 5;
  for (const auto kind : sde::noise_kinds()) {
    std::vector<double> x(width, 1.0), y(width, 1.0), expected(width, 1.0);
    double* const at[] = {x.data(), y.data()};
    kernels().relax(kind, 2, seed, dt, at, 1, 0, from, from + 11);
    const sde::BlockArrays dW(2);
    for (std::uint64_t n = from; n < from + 11; ++n) {
      sde::fill_increments({seed}, kind, 0, n, dt, dW.all());
      for (std::size_t i = 0; i < width; ++i)
        expected[i] = (expected[i] + dt * (-2 * expected[i])) + 0.5 * dW[1][i];
    }
    EXPECT_EQ(y, expected) << sde::name(kind);
  }
}

}  // namespace
