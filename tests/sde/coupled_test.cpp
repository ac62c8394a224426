#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "parallel/threads.hpp"
#include "sde/ensemble.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using parallel::Communicator;
using sde::coupled_difference;
using sde::CoupledDifference;

constexpr double rate = 1.3, sigma = 0.8, start = 1.5;

CoupledDifference ornstein_uhlenbeck(double step, std::uint64_t rung, const std::string& f = "x^2",
                                     std::int64_t count = 200'000, double end = 1,
                                     Communicator processes = Communicator::self()) {
  const auto p = process({"x"}, {"-1.3*x"}, {{"0.8"}});
  return coupled_difference(p, box({"x"}, -50, 50), law::PointMass({"x"}, {start}),
                            {count, "euler-maruyama", step, 99}, end, observable(f, {"x"}), rung, processes);
}

/// E x_n^2 of Euler-Maruyama on dx = -rate x dt + sigma dW, n steps to time 1: M -> (1 - rate dt)^2 M +
/// sigma^2 dt.
double second_moment(int n) {
  const double dt = 1.0 / n;
  double m = start * start;
  for (int k = 0; k < n; ++k) m = (1 - rate * dt) * (1 - rate * dt) * m + sigma * sigma * dt;
  return m;
}

TEST(CoupledDifference, HasTheClosedFormOfTheFiniteStep) {
  for (const int n : {4, 8, 16, 32}) {
    const auto d = ornstein_uhlenbeck(1.0 / n, static_cast<std::uint64_t>(n));
    EXPECT_EQ(d.step, 1.0 / n);
    EXPECT_NEAR(d.coarse.value, second_moment(n), allowed * d.coarse.standard_error);
    EXPECT_NEAR(d.fine.value, second_moment(2 * n), allowed * d.fine.standard_error);
    const double bias = second_moment(n) - second_moment(2 * n);
    EXPECT_NEAR(d.difference.value, bias, allowed * d.difference.standard_error);
    // The comparison is sharp: the bias itself is many standard errors, thanks to the coupling.
    EXPECT_GT(std::abs(bias), 3 * allowed * d.difference.standard_error);
    EXPECT_LT(d.difference.standard_error, 0.3 * d.coarse.standard_error);
  }
}

TEST(CoupledDifference, IsTheDifferenceOfItsTwoMeans) {
  const auto d = ornstein_uhlenbeck(0.125, 0);
  EXPECT_NEAR(d.difference.value, d.coarse.value - d.fine.value, 1e-13);  // round-off of means of size 1
}

/// Standard error at one step over that at half of it: 2 to the power of the strong order.
double shrinkage(const std::string& noise) {
  const auto p = process({"x"}, {"-x"}, {{noise}});
  const auto at = [&](double step) {
    return coupled_difference(p, box({"x"}, -1e4, 1e4), law::PointMass({"x"}, {1}),
                              {200'000, "euler-maruyama", step, 5}, 1, observable("x", {"x"}), 0,
                              Communicator::self());
  };
  return at(1.0 / 64).difference.standard_error / at(1.0 / 128).difference.standard_error;
}

// 0.1: the next order of the step at 1/64 (below 3 %) and the sampling error of a standard error (below 1 %)
// fit thrice.
TEST(CoupledDifference, ShrinksWithTheStrongOrderOfTheScheme) {
  const auto* facts = sde::find_scheme("euler-maruyama");
  EXPECT_NEAR(shrinkage("0.7"), std::pow(2, facts->strong_order_additive), 0.1);
  EXPECT_NEAR(shrinkage("0.7*x"), std::pow(2, facts->strong_order), 0.1);
}

TEST(CoupledDifference, ShortensAStepThatDoesNotDivideTheTime) {
  EXPECT_EQ(ornstein_uhlenbeck(0.3, 0, "x", 100).step, 0.25);
  EXPECT_EQ(ornstein_uhlenbeck(0.1, 0, "x", 100).step, 0.1);
}

TEST(CoupledDifference, HasIndependentRungs) {
  const auto a = ornstein_uhlenbeck(0.125, 1), b = ornstein_uhlenbeck(0.125, 2),
             again = ornstein_uhlenbeck(0.125, 1);
  EXPECT_EQ(a.coarse.value, again.coarse.value);
  EXPECT_NE(a.coarse.value, b.coarse.value);
  EXPECT_NEAR(a.coarse.value, b.coarse.value,
              allowed * std::hypot(a.coarse.standard_error, b.coarse.standard_error));
  EXPECT_THROW(ornstein_uhlenbeck(0.125, 65536, "x", 100), std::invalid_argument);
}

TEST(CoupledDifference, HasTheSameBitsForAnyNumberOfThreads) {
  const auto one = ornstein_uhlenbeck(0.125, 3, "x^2", 30'000);
  parallel::use_threads(3);
  const auto three = ornstein_uhlenbeck(0.125, 3, "x^2", 30'000);
  parallel::use_threads(1);
  EXPECT_EQ(std::memcmp(&one, &three, sizeof one), 0);
}

// Also run on two processes; on one it holds of itself.
TEST(MpiCoupledDifference, HasTheSameBitsOnAnyNumberOfProcesses) {
  const auto alone = ornstein_uhlenbeck(0.125, 3, "x^2", 30'000);
  const auto shared = ornstein_uhlenbeck(0.125, 3, "x^2", 30'000, 1, Communicator::world());
  EXPECT_EQ(std::memcmp(&alone, &shared, sizeof alone), 0);
}

// From N(0, 1) on [-0.2, infinity) both paths of a pair are placed alike; the absorbed count 0 in E[f;
// alive].
TEST(CoupledDifference, CountsAnAbsorbedPathAsNothing) {
  const auto p = process({"x"}, {"0"}, {{"0"}});
  auto domain = box({"x"}, -0.2, 60);
  domain.sides[0].lower_boundary = model::Boundary::absorbing;
  const law::Gaussian around_zero({"x"}, Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Identity(1, 1));
  const auto d = coupled_difference(p, domain, around_zero, {100'000, "euler-maruyama", 0.5, 1}, 1,
                                    observable("1", {"x"}), 0, Communicator::self());
  EXPECT_NEAR(d.coarse.value, 0.5 * std::erfc(-0.2 / std::sqrt(2.0)), allowed * d.coarse.standard_error);
  EXPECT_EQ(d.difference.value, 0);
}

TEST(CoupledDifference, RefusesToAverageOverExplosions) {
  const auto p = process({"x"}, {"-4*x^3"}, {{"1"}});
  try {
    (void)coupled_difference(p, box({"x"}, -1e200, 1e200), law::PointMass({"x"}, {3}),
                             {1000, "euler-maruyama", 0.5, 1}, 10, observable("x", {"x"}), 0,
                             Communicator::self());
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    const std::string what = error.what();
    EXPECT_NE(what.find("2000 of 2000 paths"), std::string::npos) << what;
    EXPECT_NE(what.find("smaller step"), std::string::npos) << what;
  }
}

}  // namespace
