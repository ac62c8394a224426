// Sampled chains against the same chains summed over all their batches, where both can be had; and what a planted error does to a
// sampled order.
#include <gtest/gtest.h>

#include <cmath>

#include "app/sgd_expectations.hpp"
#include "app/sgd_sampled_ladder.hpp"
#include "law/exact/gaussian.hpp"
#include "tests/operator/sgd/planted_models.hpp"
#include "tests/places.hpp"
#include "verification/normal_quantile.hpp"

namespace fpk::orders {
namespace {

io::Case logistic(const std::vector<std::string>& overrides = {}) {
  return io::read_case(std::string(places::source) + "/data/cases/sgd_orders_logistic.toml", overrides);
}

StochasticGradient with_rate(const io::Case& problem, double rate) {
  auto chain = problem.sgd->chain;
  chain.learning_rate = rate;
  return chain;
}

const auto alone = parallel::Communicator::self();

/// Numbers of standard errors between the sampled figures and the exact ones, and what is left of their variances.
struct Compared {
  std::vector<double> z, left;
};

Compared compared(const io::Case& problem, double rate, std::size_t rung) {
  const app::SgdFigures figures(problem.sgd->chain.loss.parameters, problem.observables);
  const auto chain = with_rate(problem, rate);
  const auto exact = figures.from(app::chain_expectations(problem, chain, figures.functions()).values);
  app::SgdSampling sampling(problem, chain, figures, rung, alone);
  sampling.add(1 << 17);
  Compared found;
  const auto seen = sampling.figures();
  for (std::size_t k = 0; k < seen.size(); ++k) {
    found.z.push_back((seen[k].value - exact[k].value) / seen[k].standard_error);
    found.left.push_back(seen[k].variance_left);
  }
  return found;
}

TEST(SgdSampling, FindsTheExpectationsOfTheSumOverAllBatches) {
  std::vector<double> z;
  auto wide = logistic();  // a start that twins begin with, too
  wide.initial =
      std::make_shared<law::Gaussian>(std::vector<std::string>{"theta"}, Eigen::VectorXd::Constant(1, -0.8),
                                      Eigen::MatrixXd::Constant(1, 1, 0.04));
  for (const double one : compared(wide, 0.25, 0).z) z.push_back(one);
  for (const std::vector<std::string>& overrides : {std::vector<std::string>{},
                                                    {"sgd.sampling=without-replacement", "sgd.batch=3"},
                                                    {"sgd.temperature=0.1"}})
    for (std::size_t rung = 0; rung < 3; ++rung)
      for (const double one : compared(logistic(overrides), 0.25 / std::pow(2, rung), rung).z)
        z.push_back(one);

  ASSERT_EQ(z.size(), 30U);
  const double most = verification::two_sided_quantile(1e-4 / static_cast<double>(z.size()));
  double squares = 0;
  for (const double one : z) {
    EXPECT_LT(std::abs(one), most);
    squares += one * one;
  }
  // Standard errors are neither too small nor too large: 30 of them, of which the three of a rung depend on each other.
  EXPECT_GT(squares / 30, 0.2);
  EXPECT_LT(squares / 30, 3.0);
}

TEST(SgdSampling, TwinsLeaveAShareOfTheVarianceThatFallsWithTheLearningRate) {
  const auto problem = logistic();
  const auto coarse = compared(problem, 0.25, 0).left, fine = compared(problem, 0.03125, 3).left;
  for (std::size_t k = 0; k < coarse.size(); ++k) {
    // In proportion to eta: of the mean eta^2 is left of eta, of the central square eta^3 of eta^2. Three halvings; the next
    // power is 1/8.
    EXPECT_NEAR(std::log2(coarse[k] / fine[k]) / 3, 1, 0.25) << k;
    EXPECT_LT(fine[k], 0.02) << k;
  }
}

/// The order of each figure of `make` on sampled chains, or nothing.
std::vector<verification::OrderVerdict> sampled_orders(
    const io::Case& problem,
    Process (*make)(const StochasticGradient&, const std::vector<std::vector<double>>&)) {
  const app::SgdFigures figures(problem.sgd->chain.loss.parameters, problem.observables);
  auto model = row("sme2");
  model.make = make;
  const std::vector<double> rates{0.125, 0.0625, 0.03125};
  std::vector<app::Diffusion> diffusions{{2, {}}};
  for (const double rate : rates)
    diffusions[0].figures.push_back(figures.from(
        app::diffusion_expectations(problem, model, with_rate(problem, rate), figures.functions()).values));
  const auto chains =
      app::sampled_ladder(problem, rates, figures, diffusions, alone, io::Progress::Style::quiet);
  std::vector<verification::OrderVerdict> found;
  for (std::size_t k = 0; k < figures.all().size(); ++k) {
    std::vector<verification::Rung> rungs;
    for (std::size_t l = 0; l < rates.size(); ++l)
      rungs.push_back({rates[l], diffusions[0].figures[l][k].value - chains.figures[l][k].value,
                       chains.figures[l][k].standard_error});
    found.push_back(verification::order_of_biases(rungs));
  }
  return found;
}

TEST(SgdSampling, APlantedErrorLosesOrderTwo) {
  const auto problem = logistic(
      {"sgd.sampling=without-replacement", "sgd.batch=3", "converge.half_width=0.15", "converge.budget=1e8"});
  for (const auto& verdict : sampled_orders(problem, row("sme2").make)) {
    ASSERT_TRUE(verdict.order) << verdict.remark;
    EXPECT_GT(verdict.order->upper, 2 - 0.05)
        << verdict.remark;  // a finite ladder may miss the limit by that
  }
  for (const auto make : {without_root_of_eta, without_population_factor}) {
    std::size_t told = 0;
    for (const auto& verdict : sampled_orders(problem, make)) {
      if (!verdict.order) continue;  // an error that changes its sign has no order either
      EXPECT_LT(verdict.order->upper, 1.8) << verdict.order->value << " " << verdict.remark;
      ++told;
    }
    EXPECT_GE(told, 2U);
  }
}

}  // namespace
}  // namespace fpk::orders
