// The twin of a chain, by going through every sequence of batches that there is: its mean is 0 and its covariance that of
// model/sgd/linearised_chain.hpp, whatever the sampling. No random number is drawn, so that they agree to round-off.
#include <gtest/gtest.h>

#include "sde/sgd/twin_chain.hpp"
#include "tests/sde/sgd/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::sgd_problems;
using model::Sampling;

constexpr std::size_t width = formula::block_width;
/// Means over some thousands of numbers below 1.
constexpr double round_off = 1e-13;

using Rows = std::vector<std::uint32_t>;
using Sequence = std::vector<Rows>;  ///< rows of each step

/// All equally likely rows of one step, `count` of them.
std::vector<Rows> batches(bool replace, std::size_t count) {
  std::vector<Rows> all{{}};
  for (std::size_t k = 0; k < count; ++k) {
    std::vector<Rows> longer;
    for (const auto& rows : all)
      for (std::uint32_t row = 0; row < N; ++row)
        if (replace || std::ranges::count(rows, row) == 0) {
          longer.push_back(rows);
          longer.back().push_back(row);
        }
    all = longer;
  }
  return all;
}

std::vector<Sequence> sequences(const std::vector<Sequence>& of_a_round, std::size_t rounds) {
  std::vector<Sequence> all{{}};
  for (std::size_t r = 0; r < rounds; ++r) {
    std::vector<Sequence> longer;
    for (const auto& before : all)
      for (const auto& next : of_a_round) {
        longer.push_back(before);
        longer.back().insert(longer.back().end(), next.begin(), next.end());
      }
    all = longer;
  }
  return all;
}

/// Of batches of two rows: three steps of independent ones, or two epochs of two steps.
std::vector<Sequence> all_sequences(Sampling sampling, std::size_t rows_a_step) {
  std::vector<Sequence> round;
  if (sampling == Sampling::reshuffle) {
    for (const auto& order : batches(false, N)) round.push_back({{order[0], order[1]}, {order[2], order[3]}});
    return sequences(round, 2);
  }
  for (const auto& rows : batches(sampling == Sampling::with_replacement, rows_a_step))
    round.push_back({rows});
  return sequences(round, rows_a_step > 2 ? 1 : 3);
}

struct Seen {
  Eigen::VectorXd mean;
  Eigen::MatrixXd covariance;
  double chains_apart = 0;  ///< of the chain with its twin from the chain alone
};

/// Over all sequences, from three starts centre + 2 way, centre - way, centre - way; injected numbers are +1 and -1 in turn, all ways.
Seen go_through(const model::StochasticGradient& chain,
                const std::shared_ptr<const model::LinearisedChain>& linearised,
                const std::vector<Sequence>& all, const Eigen::VectorXd& way) {
  const sde::TwinChain twin(chain, linearised);
  const sde::GradientChain alone(chain);
  const auto D = static_cast<std::size_t>(way.size());
  const std::size_t steps = all.front().size(), injected = twin.draws().increments,
                    noises = std::size_t{1} << (injected * steps);
  auto scratch = twin.scratch(), scratch_alone = alone.scratch();
  Seen seen{Eigen::VectorXd::Zero(way.size()), Eigen::MatrixXd::Zero(way.size(), way.size()), 0};
  const std::size_t total = all.size() * 3 * noises;
  for (std::size_t begin = 0; begin < total; begin += width) {
    sde::BlockArrays x(2 * D), y(D), dW(injected);
    const auto lane_of = [&](std::size_t lane) { return std::min(begin + lane, total - 1); };
    for (std::size_t lane = 0; lane < width; ++lane)
      for (std::size_t a = 0; a < D; ++a) {
        const auto i = static_cast<Eigen::Index>(a);
        const double off = (lane_of(lane) % 3 == 0 ? 2 : -1) * way[i];
        y[a][lane] = x[a][lane] = linearised->path().front()[i] + off;
        x[D + a][lane] = off;
      }
    for (std::size_t n = 0; n < steps; ++n) {
      std::vector<Rows> rows(all.front()[n].size(), Rows(width));
      std::vector<const std::uint32_t*> pointers;
      for (auto& r : rows) pointers.push_back(r.data());
      for (std::size_t lane = 0; lane < width; ++lane) {
        const std::size_t k = lane_of(lane) / 3;
        for (std::size_t b = 0; b < rows.size(); ++b) rows[b][lane] = all[k / noises][n][b];
        for (std::size_t i = 0; i < injected; ++i)
          dW[i][lane] = (k % noises) >> (n * injected + i) & 1 ? 1 : -1;
      }
      sde::Draws draws{dW.all_const()};
      draws.rows = pointers;
      twin.step(x.all(), static_cast<double>(n), 1, draws, *scratch);
      alone.step(y.all(), static_cast<double>(n), 1, draws, *scratch_alone);
    }
    for (std::size_t lane = 0; lane < width && begin + lane < total; ++lane) {
      Eigen::VectorXd delta(way.size());
      for (std::size_t a = 0; a < D; ++a) {
        delta[static_cast<Eigen::Index>(a)] = x[D + a][lane];
        seen.chains_apart = std::max(seen.chains_apart, std::abs(x[a][lane] - y[a][lane]));
      }
      seen.mean += delta / static_cast<double>(total);
      seen.covariance += delta * delta.transpose() / static_cast<double>(total);
    }
  }
  return seen;
}

void expect_known_moments(const std::string& what, const model::StochasticGradient& chain,
                          std::size_t rows_a_step = 2) {
  SCOPED_TRACE(what);
  const auto D = static_cast<Eigen::Index>(sde::GradientChain(chain).variables().size());
  Eigen::VectorXd centre(D), way(D);
  centre.head(2) << 0.4, -0.9;
  way.head(2) << 0.03, 0.05;
  if (D == 4) {
    centre.tail(2) << -0.3, 0.7;
    way.tail(2) << 0.02, -0.01;
  }
  const auto all = all_sequences(chain.sampling, rows_a_step);
  const auto linearised = std::make_shared<const model::LinearisedChain>(
      chain, static_cast<std::int64_t>(all.front().size()),
      model::SecondMoments{centre, centre * centre.transpose() + 2 * way * way.transpose()});
  const auto seen = go_through(chain, linearised, all, way);
  const Eigen::MatrixXd& M = linearised->covariance().back();
  EXPECT_LT(seen.mean.cwiseAbs().maxCoeff(), round_off);
  EXPECT_LT((seen.covariance - M).cwiseAbs().maxCoeff(), round_off);
  EXPECT_GT(M.diagonal().minCoeff(), 1e-4);  // there is something to agree on
  EXPECT_EQ(seen.chains_apart, 0);
}

TEST(TwinChain, HasTheMeanAndTheCovarianceThatAreStated) {
  for (const auto sampling :
       {Sampling::with_replacement, Sampling::without_replacement, Sampling::reshuffle}) {
    const std::string name(model::name(sampling));
    auto sgd = chain(2, sampling);
    expect_known_moments(name, sgd);
    sgd.momentum = 0.6;
    expect_known_moments(name + ", heavy ball", sgd);
    sgd.nesterov = true;
    sgd.schedule = formula::Formula(1.0) / (formula::Formula(1.0) + formula::Formula::variable("t"));
    expect_known_moments(name + ", Nesterov's, with a schedule", sgd);
  }
}

TEST(TwinChain, MovesByTheInjectedNumbersOfItsChain) {
  auto sgd = chain(2, Sampling::without_replacement);
  sgd.temperature = 0.3;
  expect_known_moments("injected", sgd);
}

TEST(TwinChain, KnowsTheTwoBatchesOfSvag) {
  auto sgd = chain(2, Sampling::with_replacement);
  sgd.svag = 3;
  expect_known_moments("SVAG", sgd, 4);
}

/// A linearised chain whose epochs were taken for independent batches would have another covariance.
TEST(TwinChain, OfAnEpochHasLessNoiseThanOfIndependentBatches) {
  const model::SecondMoments start{Eigen::Vector2d(0.4, -0.9),
                                   Eigen::Vector2d(0.4, -0.9) * Eigen::Vector2d(0.4, -0.9).transpose()};
  const model::LinearisedChain epochs(chain(2, Sampling::reshuffle), 4, start),
      independent(chain(2, Sampling::without_replacement), 4, start);
  EXPECT_LT(epochs.covariance().back()(0, 0), 0.2 * independent.covariance().back()(0, 0));
  EXPECT_NEAR(epochs.covariance()[1](0, 0), independent.covariance()[1](0, 0),
              round_off);  // no step before the first
}

TEST(TwinChain, IsRefusedWhereTheBatchGrowsByChance) {
  auto sgd = chain(2, Sampling::with_replacement);
  sgd.adaptive = model::AdaptiveBatch{1, 2, 4};
  EXPECT_NE(model::LinearisedChain::refusal(sgd, 10).find("grows by chance"), std::string::npos);
  EXPECT_NE(model::LinearisedChain::refusal(chain(2, Sampling::with_replacement), 1 << 28).find("gigabyte"),
            std::string::npos);
}

}  // namespace
