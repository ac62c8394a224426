// Ensembles of chains: the same bits however they are computed, and the moments of the batches that are really drawn.
#include "sde/sgd/chain_ensemble.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "parallel/instruction_set.hpp"
#include "parallel/threads.hpp"
#include "tests/parallel/memory_archive.hpp"
#include "tests/sde/sgd/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::sgd_problems;
using model::Sampling;
using parallel::Communicator;

const law::Gaussian start({"p", "q"}, Eigen::Vector2d(0.4, -0.9), Eigen::Matrix2d::Identity() * 0.04);

/// One of every kind.
std::vector<model::StochasticGradient> chains() {
  std::vector<model::StochasticGradient> all;
  for (const auto s : {Sampling::with_replacement, Sampling::without_replacement, Sampling::reshuffle})
    all.push_back(chain(3, s));
  all[1].schedule = formula::parse("1/(1 + t)", {{"t"}, {}, {}});
  all.push_back(chain(2, Sampling::with_replacement));
  all.back().momentum = 0.5;
  all.back().nesterov = true;
  all.back().temperature = 0.1;
  all.push_back(chain(2, Sampling::without_replacement));
  all.back().svag = 2;
  all.push_back(chain(2, Sampling::with_replacement));
  all.back().adaptive = model::AdaptiveBatch{0.5, 1.5, 6};
  all.back().largest_batch = 6;
  return all;
}

sde::Ensemble ensemble(const model::StochasticGradient& sgd, std::int64_t count, std::int64_t sweep = 256,
                       const Communicator& processes = Communicator::self(), std::int64_t first = 0) {
  return sde::chain_ensemble(sgd, start, {count, 5, sweep, first}, processes);
}

/// Those that both hold.
void expect_same_bits(const law::Sample& a, const law::Sample& b) {
  ASSERT_EQ(a.dimension(), b.dimension());
  const auto first = std::max(a.first(), b.first());
  const auto end = std::min(a.first() + static_cast<std::int64_t>(a.size()),
                            b.first() + static_cast<std::int64_t>(b.size()));
  ASSERT_LT(first, end);
  for (std::size_t d = 0; d < a.dimension(); ++d)
    EXPECT_EQ(std::memcmp(a.positions(d) + (first - a.first()), b.positions(d) + (first - b.first()),
                          static_cast<std::size_t>(end - first) * sizeof(double)),
              0);
}

TEST(ChainEnsemble, HasTheSameBitsOnEveryInstructionSetAndNumberOfThreads) {
  using parallel::InstructionSet;
  const auto best = parallel::instruction_set();
  for (const auto& sgd : chains()) {
    parallel::use_instruction_set(InstructionSet::plain);
    auto reference = ensemble(sgd, 1500);
    reference.advance(37);
    for (const auto set : {InstructionSet::avx2, InstructionSet::avx512}) {
      parallel::use_instruction_set(set);
      parallel::use_threads(3);
      auto other = ensemble(sgd, 1500);
      other.advance(37);
      parallel::use_threads(1);
      expect_same_bits(reference.sample(), other.sample());
    }
  }
  parallel::use_instruction_set(best);
}

TEST(ChainEnsemble, HasTheSameBitsForAnySweepAndFromAnyFirstChain) {
  for (const auto& sgd : chains()) {
    auto reference = ensemble(sgd, 1000), sweeps = ensemble(sgd, 1000, 3),
         later = ensemble(sgd, 500, 256, Communicator::self(), 512);
    reference.advance(20);
    sweeps.advance(20);
    later.advance(20);
    expect_same_bits(reference.sample(), sweeps.sample());
    expect_same_bits(reference.sample(), later.sample());
  }
}

TEST(ChainEnsemble, GoesOnAfterAStopAsIfItHadNotStopped) {
  for (const auto& sgd : chains()) {
    auto whole = ensemble(sgd, 300);
    whole.advance(23);
    parallel::MemoryArchive archive;
    {
      auto first = ensemble(sgd, 300);
      first.advance(11);
      first.archive(archive);
    }
    archive.rewind();
    auto second = ensemble(sgd, 300);
    second.archive(archive);
    second.advance(23);
    expect_same_bits(whole.sample(), second.sample());
  }
}

// Also run on two, three and four processes; on one it holds of itself.
TEST(MpiEnsemble, HasTheSameChainsOnAnyNumberOfProcesses) {
  for (const auto& sgd : chains()) {
    constexpr std::int64_t count = 4 * law::Sample::piece + 100;  // each of four processes holds a piece
    auto alone = ensemble(sgd, count), shared = ensemble(sgd, count, 256, Communicator::world());
    alone.advance(12);
    shared.advance(12);
    expect_same_bits(alone.sample(), shared.sample());
  }
}

TEST(ChainEnsemble, OnAllRowsAtOnceIsGradientDescent) {
  const auto sgd = chain(N, Sampling::without_replacement);
  auto chains =
      sde::chain_ensemble(sgd, law::PointMass({"p", "q"}, {0.4, -0.9}), {.count = 300}, Communicator::self());
  Point theta{0.4, -0.9};
  for (int n = 0; n < 50; ++n) {
    const auto g = slope(theta);
    for (std::size_t i = 0; i < 2; ++i) theta[i] -= 0.1 * g[i];
  }
  chains.advance(50);
  // The rows are added in another order in each chain: 50 steps of round-off that contract.
  for (std::size_t i = 0; i < 2; ++i)
    for (std::size_t k = 0; k < 300; ++k) EXPECT_NEAR(chains.sample().positions(i)[k], theta[i], 1e-13);
}

// The batches that are drawn, and not those that a test goes through: within 5 standard errors of the mean and of the covariance,
// 3 chains of 7 numbers, a false alarm in 1e5 runs of new seeds (and the seed is fixed).
TEST(ChainEnsemble, MovesByTheMomentsOfItsBatches) {
  constexpr std::int64_t count = 200'000;
  const Point from{0.4, -0.9};
  for (const auto sampling :
       {Sampling::with_replacement, Sampling::without_replacement, Sampling::reshuffle}) {
    const auto sgd = chain(2, sampling);
    auto chains = sde::chain_ensemble(sgd, law::PointMass({"p", "q"}, from), {.count = count, .seed = 9},
                                      Communicator::self());
    chains.advance(1);
    const double eta = 0.1, c = sampling == Sampling::with_replacement ? 1.0 : 2.0 / 3.0;
    std::vector<law::Observable> moments;
    std::vector<double> exact;
    const auto deviation = [&](std::size_t i) {
      return formula::Formula::variable(i == 0 ? "p" : "q") -
             formula::Formula(from[i] - eta * slope(from)[i]);
    };
    for (std::size_t i = 0; i < 2; ++i) {
      moments.push_back({"mean", deviation(i)});
      exact.push_back(0);
      for (std::size_t j = 0; j <= i; ++j) {
        moments.push_back({"covariance", deviation(i) * deviation(j)});
        exact.push_back(eta * eta * c / 2 * covariance(from, i, j));
      }
    }
    const auto seen = chains.sample().expectations(moments);
    for (std::size_t k = 0; k < seen.size(); ++k) {
      EXPECT_NEAR(seen[k].value, exact[k], 5 * seen[k].standard_error) << model::name(sampling) << ' ' << k;
      EXPECT_GT(seen[k].standard_error, 0);
    }
  }
}

// Two steps of a reshuffled epoch of two batches see every row once, so that their gradients' errors cancel where the loss is linear in
// the parameters.
TEST(ChainEnsemble, OfAReshuffledEpochOnALinearLossHasNoNoise) {
  model::StochasticGradient sgd = chain(2, Sampling::reshuffle);
  sgd.loss.row = formula::parse("y*p + a*q", {{"p", "q", "a", "y"}, {}, {}});
  sgd.loss.regulariser = 0.0;
  auto chains =
      sde::chain_ensemble(sgd, law::PointMass({"p", "q"}, {0.4, -0.9}), {.count = 300}, Communicator::self());
  const auto spread = [&] {
    double least = 1e300, most = -1e300;
    for (std::size_t k = 0; k < 300; ++k) {
      least = std::min(least, chains.sample().positions(0)[k]);
      most = std::max(most, chains.sample().positions(0)[k]);
    }
    return most - least;
  };
  chains.advance(1);
  EXPECT_GT(spread(), 0.1);
  chains.advance(2);
  EXPECT_LT(spread(), 1e-15);  // the rounding of two sums
  EXPECT_NEAR(chains.sample().positions(0)[7], 0.4 - 2 * 0.1 * 3.0 / 4, 1e-15);
}

}  // namespace
