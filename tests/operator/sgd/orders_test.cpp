// Weak orders in the learning rate of the diffusions that stand for stochastic gradient descent, without sampling; and what a planted
// error does to them. A logistic loss on seven rows, neither symmetric nor a parabola, from a start that is off the minimum.
#include <gtest/gtest.h>

#include <cmath>

#include "app/sgd_expectations.hpp"
#include "app/sgd_figures.hpp"
#include "solvers/moment_equations.hpp"
#include "tests/app/shell.hpp"
#include "tests/operator/sgd/planted_models.hpp"
#include "verification/order.hpp"

namespace fpk::orders {
namespace {

io::Case logistic(const std::vector<std::string>& overrides = {}) {
  return io::read_case(std::string(places::source) + "/data/cases/sgd_orders_logistic.toml", overrides);
}

struct Seen {
  std::string figure;
  std::vector<double> error;
  double order;  ///< on the finest pair
};

/// Errors of the bounded observable, the mean and the variance on the ladder of the case.
std::vector<Seen> errors(const io::Case& problem, const model::GradientModel& model,
                         std::vector<double> rates = {}) {
  const app::SgdFigures figures(problem.sgd->chain.loss.parameters, problem.observables);
  std::vector<Seen> seen;
  for (const auto& f : figures.all()) seen.push_back({f.name, {}, 0});
  if (rates.empty()) rates = problem.converge.learning_rates;
  for (const double rate : rates) {
    auto chain = problem.sgd->chain;
    chain.learning_rate = rate;
    const auto of_chain = figures.from(app::chain_expectations(problem, chain, figures.functions()).values);
    const auto of_model =
        figures.from(app::diffusion_expectations(problem, model, chain, figures.functions()).values);
    for (std::size_t k = 0; k < seen.size(); ++k)
      seen[k].error.push_back(of_model[k].value - of_chain[k].value);
  }
  const std::size_t last = rates.size() - 1;
  for (auto& s : seen)
    s.order = std::log(std::abs(s.error[last - 1] / s.error[last])) / std::log(rates[last - 1] / rates[last]);
  return seen;
}

/// A finest pair at learning rates of 1/16 and 1/32 misses the limit by about the ratio of two terms of the bias.
constexpr double slack = 0.1;

TEST(SgdOrders, TheSecondModifiedEquationHasOrderTwoOfMeansAndVariances) {
  for (const std::vector<std::string>& overrides : {std::vector<std::string>{},
                                                    {"sgd.sampling=without-replacement", "sgd.batch=3"},
                                                    {"sgd.temperature=0.1"}})
    for (const auto& s : errors(logistic(overrides), row("sme2"))) {
      SCOPED_TRACE(s.figure + (overrides.empty() ? "" : " with " + overrides[0]));
      EXPECT_NEAR(s.order, 2, slack);
      EXPECT_GT(std::abs(s.error.back()), 1e-7);  // a hundred times what errors are known to
    }
}

TEST(SgdOrders, AScheduleKeepsTheOrder) {
  // A short ladder: every step of the operator is another matrix where a coefficient moves in time. Two steps and four are far from
  // the limit, but a term of first order that is missing would show order 1.
  const auto problem = logistic({"sgd.learning_rate=\"0.25/(1 + t)\"", "time.end=0.5"});
  for (const auto& s : errors(problem, row("sme2"), {0.25, 0.125})) {
    SCOPED_TRACE(s.figure);
    EXPECT_NEAR(s.order, 2, 3 * slack);
  }
}

/// The trap: the flow has no noise at all, and a slope of one.
TEST(SgdOrders, TheFlowHasTheSlopeOfTheFirstModifiedEquationAndNoNoise) {
  const auto problem = logistic();
  const auto flow = errors(problem, row("flow")), sme1 = errors(problem, row("sme1"));
  ASSERT_EQ(flow.size(), 3U);
  for (std::size_t k = 0; k < 2; ++k) {  // bounded, mean
    EXPECT_NEAR(flow[k].order, 1, slack) << flow[k].figure;
    EXPECT_NEAR(sme1[k].order, 1, slack) << sme1[k].figure;
  }
  EXPECT_NEAR(flow[2].order, 1, slack);  // even of the variance, which it has not
  EXPECT_NEAR(sme1[2].order, 2,
              2 * slack);  // it is of the order of eta itself, and right to a share of the order of eta
  EXPECT_GT(std::abs(flow[2].error.back()), 20 * std::abs(sme1[2].error.back()));
}

TEST(SgdOrders, APlantedErrorLosesOrderTwoOfTheMeansAndOneOfTheNoiseThatOfTheVariance) {
  const auto problem = logistic({"sgd.sampling=without-replacement", "sgd.batch=3"});
  struct Planted {
    std::string_view name;
    Process (*make)(const StochasticGradient&, const std::vector<std::vector<double>>&);
    bool is_of_noise;
  };
  for (const auto& planted :
       {Planted{"noise without sqrt(eta)", without_root_of_eta, true},
        Planted{"Sigma/b without the finite-population factor", without_population_factor, true},
        Planted{"Stratonovich in place of Ito", stratonovich, false},
        Planted{"a correction of the wrong sign", correction_of_wrong_sign, false}}) {
    auto model = row("sme2");
    model.make = planted.make;
    const auto seen = errors(problem, model);
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_LT(seen[0].order, 1.5) << planted.name << ", " << seen[0].figure;
    EXPECT_LT(seen[1].order, 1.5) << planted.name << ", " << seen[1].figure;
    // A drift wrong by eta changes a variance of the order of eta by eta^2: from a point the variance cannot tell it, and the means must.
    if (planted.is_of_noise)
      EXPECT_LT(seen[2].order, 1.5) << planted.name << ", " << seen[2].figure;
    else
      EXPECT_NEAR(seen[2].order, 2, 2 * slack) << planted.name << ", " << seen[2].figure;
  }
}

/// Least squares: the density that the program computes against Odeint's moment equations.
TEST(SgdOrders, TheDensityHasTheMomentsOfTheMomentEquations) {
  const std::string file = std::string(places::source) + "/data/cases/sgd_least_squares.toml";
  for (const std::string model : {"sme1", "sme2"}) {
    const auto problem = io::read_case(file, {"sgd.model=" + model});
    const auto equations = solvers::MomentEquations::of(problem.process);
    ASSERT_TRUE(equations);
    const double m = -0.5, s = 0.1;
    const auto exact = equations->at(problem.times.back(), {Eigen::VectorXd::Constant(1, m),
                                                            Eigen::MatrixXd::Constant(1, 1, m * m + s * s)});
    std::vector<double> error;
    for (const std::string cells : {"200", "400"}) {
      const auto out = app::testing::fresh_folder("moments-" + model + cells);
      app::testing::fpk(
          "run " + file +
          " --quiet --threads 1 --set sgd.replicas=0 --set particles.count=256 --set sgd.model=" + model +
          " --set domain.theta.cells=" + cells + " --out " + out.string());
      const auto found = app::testing::json(out / "result.json")["density"]["observables"];
      EXPECT_NEAR(found["mean"].back().get<double>(), exact.mean[0], 1e-4);
      error.push_back(found["second_moment"].back().get<double>() - exact.second(0, 0));
    }
    // The error of cells of 0.0125, of order 2: no more than a constant of order 1 times h^2, and a quarter from grid to grid.
    EXPECT_LT(std::abs(error[1]), 1e-4) << model;
    EXPECT_LT(std::abs(error[1]), 0.5 * std::abs(error[0]) + 1e-9) << model;
  }
}

}  // namespace
}  // namespace fpk::orders
