// Moments of stochastic gradient descent on least squares at its finite step: by the recursion that the program has, by the sum over
// batches of the chain that runs, and by sampling it, each against products of matrices.
#include <gtest/gtest.h>

#include <cmath>

#include "app/operator_road.hpp"
#include "law/exact/point.hpp"
#include "model/sgd/chain_moments.hpp"
#include "sde/sgd/chain_ensemble.hpp"
#include "sde/sgd/chain_outcomes.hpp"
#include "tests/operator/sgd/least_squares.hpp"
#include "verification/operator/operator_iteration.hpp"

namespace fpk::orders {
namespace {

using formula::Formula;

struct Setting {
  std::string name;
  Rows rows;
  std::size_t batch;
  model::Sampling sampling;
  double momentum;
  bool nesterov;
};

std::vector<Setting> settings() {
  using model::Sampling;
  return {{"with replacement", line_rows(), 2, Sampling::with_replacement, 0, false},
          {"without replacement", line_rows(), 4, Sampling::without_replacement, 0, false},
          {"two parameters", plane_rows(), 2, Sampling::with_replacement, 0, false},
          {"two parameters without replacement", plane_rows(), 3, Sampling::without_replacement, 0, false},
          {"heavy ball", line_rows(), 2, Sampling::with_replacement, 0.6, false},
          {"heavy ball without replacement", line_rows(), 3, Sampling::without_replacement, 0.6, false},
          {"Nesterov", line_rows(), 1, Sampling::with_replacement, 0.5, true}};
}

constexpr double learning_rate = 0.15;
constexpr int steps = 20;
const std::vector<double> start{-0.4, 0.9};

model::StochasticGradient chain_of(const Setting& s) {
  auto chain = least_squares(s.rows, learning_rate, s.batch);
  chain.sampling = s.sampling;
  chain.momentum = s.momentum;
  chain.nesterov = s.nesterov;
  return chain;
}

/// E z z^T with z = (theta, [v,] 1), from rest.
Eigen::MatrixXd oracle(const Setting& s, const model::StochasticGradient& chain) {
  const auto d = static_cast<Eigen::Index>(s.rows.a.size());
  Eigen::VectorXd z = Eigen::VectorXd::Zero((s.momentum != 0 ? 2 * d : d) + 1);
  for (Eigen::Index i = 0; i < d; ++i) z[i] = start[static_cast<std::size_t>(i)];
  z[z.size() - 1] = 1;
  return MomentOracle(s.rows, chain).after(steps, z * z.transpose());
}

TEST(SgdMoments, TheRecursionIsThatOfTheMatrices) {
  for (const auto& s : settings()) {
    SCOPED_TRACE(s.name);
    const auto chain = chain_of(s);
    const auto found = model::ChainMoments::of(chain);
    ASSERT_TRUE(found);
    const auto n = static_cast<Eigen::Index>(found->dimension()),
               d = static_cast<Eigen::Index>(s.rows.a.size());
    model::SecondMoments at{Eigen::VectorXd::Zero(n), Eigen::MatrixXd::Zero(n, n)};
    for (Eigen::Index i = 0; i < d; ++i) at.mean[i] = start[static_cast<std::size_t>(i)];
    at.second = at.mean * at.mean.transpose();
    at = found->after(steps, at);
    const auto Z = oracle(s, chain);
    for (Eigen::Index i = 0; i < d; ++i) {
      EXPECT_NEAR(at.mean[i], Z(i, Z.cols() - 1), 1e-13);  // round-off of 20 steps on numbers of size 1
      for (Eigen::Index j = 0; j < d; ++j) EXPECT_NEAR(at.second(i, j), Z(i, j), 1e-13);
    }
    for (Eigen::Index i = d; i < n; ++i)  // velocities, in units of time
      EXPECT_NEAR(at.second(i, i) * learning_rate * learning_rate, Z(i, i), 1e-13);
  }
}

/// The expectation of x_i x_j, or of x_i, by the sum over batches.
verification::Value summed(const model::StochasticGradient& chain, const Formula& f) {
  const sde::ChainOutcomes outcomes(chain);
  const auto variables = outcomes.chain().variables();
  verification::SteppedMap map;
  map.step = [&](double t, double dt, std::size_t nodes) {
    return [&outcomes, n = std::llround(t / dt), nodes](std::span<const law::Point> from,
                                                        const sde::Reach& reach) {
      outcomes.step(from, n, nodes, reach);
    };
  };
  law::WeightedPoint at{{}, 1};
  for (std::size_t i = 0; i < chain.loss.dimension(); ++i) at.x[i] = start[i];
  // Paths of a bounded step stay well inside; in the plane the box is fixed.
  verification::Extent box;
  box.dimension = variables.size();
  for (std::size_t a = 0; a < box.dimension; ++a) {
    const bool velocity = a >= chain.loss.dimension();
    box.lower[a] = velocity ? -15 : -4;
    box.upper[a] = velocity ? 15 : 5;
  }
  return verification::OperatorIteration(map, app::function_of({"f", f}, variables), {at}, box,
                                         steps * learning_rate, steps, false)
      .expectation(steps);
}

TEST(SgdMoments, TheSumOverBatchesOfTheChainHasThemToTenDigits) {
  int checked = 0;
  for (const auto& s : settings()) {
    SCOPED_TRACE(s.name);
    const auto chain = chain_of(s);
    const auto Z = oracle(s, chain);
    const auto x = [&](std::size_t i) { return Formula::variable(chain.loss.parameters[i]); };
    for (std::size_t i = 0; i < s.rows.a.size(); ++i) {
      const auto I = static_cast<Eigen::Index>(i);
      EXPECT_NEAR(summed(chain, x(i)).value, Z(I, Z.cols() - 1), 1e-10);
      for (std::size_t j = i; j < s.rows.a.size(); ++j, ++checked)
        EXPECT_NEAR(summed(chain, x(i) * x(j)).value, Z(I, static_cast<Eigen::Index>(j)), 1e-10);
    }
  }
  EXPECT_EQ(checked, 11);
}

TEST(SgdMoments, TheSampledChainHasThemWithinChance) {
  for (const auto& s : settings()) {
    SCOPED_TRACE(s.name);
    const auto chain = chain_of(s);
    const law::PointMass at(
        chain.loss.parameters,
        std::vector<double>(start.begin(), start.begin() + static_cast<std::ptrdiff_t>(s.rows.a.size())));
    auto ensemble =
        sde::chain_ensemble(chain, at, {.count = 20'000, .seed = 5}, parallel::Communicator::self());
    ensemble.advance(steps);
    const auto Z = oracle(s, chain);
    for (std::size_t i = 0; i < s.rows.a.size(); ++i) {
      const auto x = Formula::variable(chain.loss.parameters[i]);
      const auto found = ensemble.sample().expectations({{"x", x}, {"xx", x * x}});
      const auto I = static_cast<Eigen::Index>(i);
      // 18 comparisons at 4.5 standard errors: one false alarm in 8000 runs of other seeds.
      EXPECT_NEAR(found[0].value, Z(I, Z.cols() - 1), 4.5 * found[0].standard_error);
      EXPECT_NEAR(found[1].value, Z(I, I), 4.5 * found[1].standard_error);
    }
  }
}

TEST(SgdMoments, AnotherWayOfDrawingRowsIsSeen) {
  auto s = settings()[1];
  const auto without = chain_of(s);
  s.sampling = model::Sampling::with_replacement;
  const auto Z = oracle(s, chain_of(s));
  const auto x = Formula::variable("p0");
  EXPECT_GT(std::abs(summed(without, x * x).value - Z(0, 0)), 1e-3);
}

}  // namespace
}  // namespace fpk::orders
