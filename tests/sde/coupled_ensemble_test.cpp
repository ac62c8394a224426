#include "sde/coupled_ensemble.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "parallel/threads.hpp"
#include "sde/noise/rungs.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using parallel::Communicator;
using sde::coupled_difference;
using sde::CoupledDifference;
using sde::CoupledEnsemble;

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
  EXPECT_THROW(ornstein_uhlenbeck(0.125, sde::rungs::passages, "x", 100), std::invalid_argument);
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

/// The double well in a box whose right wall absorbs: pairs of which one or both have ended.
CoupledEnsemble wells(std::int64_t count, double step = 0.0625,
                      Communicator processes = Communicator::self()) {
  auto domain = box({"x", "y"}, -1.5, 1.5);
  domain.sides[0].upper_boundary = model::Boundary::absorbing;
  const law::Gaussian around_zero({"x", "y"}, Eigen::VectorXd::Zero(2), Eigen::MatrixXd::Identity(2, 2) / 4);
  return {double_well(), domain, around_zero, {count, "euler-maruyama", step, 7}, 2, processes};
}

const std::vector<law::Observable>& observables() {
  static const std::vector<law::Observable> all = {
      observable("x", {"x", "y"}), observable("exp(x) + x*y", {"x", "y"}), observable("1", {"x", "y"})};
  return all;
}

void expect_same_bits(const std::vector<CoupledDifference>& a, const std::vector<CoupledDifference>& b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof a.front()), 0);
}

void expect_same_samples(const law::Sample& a, const law::Sample& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t d = 0; d < a.dimension(); ++d)
    EXPECT_EQ(std::memcmp(a.positions(d), b.positions(d), a.size() * sizeof(double)), 0);
  EXPECT_EQ(std::memcmp(a.alive(), b.alive(), a.size()), 0);
}

// 300 steps: more than one sweep, and the second interval is numbered on from the first.
TEST(CoupledEnsemble, DoesNotFeelAnObservationThatASteppingTimeHits) {
  auto straight = wells(1000, 1.0 / 256), observed = wells(1000, 1.0 / 256);
  straight.advance(300.0 / 256);
  observed.advance(20.0 / 256);
  observed.advance(20.0 / 256);  // no time, no step
  observed.advance(300.0 / 256);
  EXPECT_EQ(observed.time(), 300.0 / 256);
  expect_same_samples(straight.coarse(), observed.coarse());
  expect_same_samples(straight.fine(), observed.fine());
  expect_same_bits(straight.differences(observables()), observed.differences(observables()));
}

TEST(CoupledEnsemble, JudgesSeveralObservablesAsOneByOne) {
  auto pairs = wells(9000);
  pairs.advance(1);
  const auto together = pairs.differences(observables());
  ASSERT_EQ(together.size(), observables().size());
  for (std::size_t k = 0; k < together.size(); ++k) {
    expect_same_bits({together[k]}, pairs.differences({observables()[k]}));
    EXPECT_NE(together[k].difference.value, 0);
  }
}

// Against a plain loop over the pairs in long double; 9000 pairs are three pieces, the last not full.
TEST(CoupledEnsemble, HasTheMeanAndStandardErrorOfItsPairs) {
  constexpr std::size_t count = 9000;
  auto pairs = wells(count);
  pairs.advance(1);
  const law::Sample &a = pairs.coarse(), &b = pairs.fine();
  long double sum = 0, squares = 0;
  std::size_t one_ended = 0;
  for (std::size_t n = 0; n < count; ++n) {
    const auto f = [n](const law::Sample& s) { return s.alive()[n] != 0 ? s.positions(0)[n] : 0.0; };
    const long double d = static_cast<long double>(f(a)) - f(b);
    sum += d;
    squares += d * d;
    one_ended += a.alive()[n] != b.alive()[n] ? 1 : 0;
  }
  EXPECT_GT(one_ended, 0U);
  const long double mean = sum / count, variance = (squares - count * mean * mean) / (count - 1);
  const auto found = pairs.differences({observables().front()}).front().difference;
  // Round-off of sums of 9000 terms of size 1 in a tree, and of a subtraction for each.
  EXPECT_NEAR(found.value, static_cast<double>(mean), 1e-15);
  EXPECT_NEAR(found.standard_error / static_cast<double>(sqrtl(variance / count)), 1, 1e-13);
}

TEST(CoupledEnsemble, StartsBothPathsOfAPairAtOnePoint) {
  const auto pairs = wells(5000);
  expect_same_samples(pairs.coarse(), pairs.fine());
  for (const auto& d : pairs.differences(observables())) {
    EXPECT_EQ(d.step, 0.0625);
    EXPECT_EQ(d.difference.value, 0);
    EXPECT_EQ(d.difference.standard_error, 0);
    EXPECT_GT(d.coarse.standard_error, 0);
  }
}

// A particle of a pair is where its leg of the step alone would lead: x' = x + b(x) dt without noise.
TEST(CoupledEnsemble, TakesTwoFineStepsForEachCoarseOne) {
  const auto p = process({"x"}, {"-x"}, {{"0"}});
  CoupledEnsemble pairs(p, box({"x"}, -9, 9), law::PointMass({"x"}, {1}), {10, "euler-maruyama", 0.25, 1}, 0,
                        Communicator::self());
  pairs.advance(0.5);
  pairs.advance(0.75);
  EXPECT_DOUBLE_EQ(pairs.coarse().positions(0)[9], std::pow(0.75, 3));
  EXPECT_DOUBLE_EQ(pairs.fine().positions(0)[9], std::pow(0.875, 6));
  EXPECT_THROW(pairs.advance(0.7), std::invalid_argument);
}

// dX = 2t dt by Euler's left rule: x(1) = 1 - dt.
TEST(CoupledEnsemble, GivesTheDriftTheTimeAtTheStartOfEachStep) {
  const auto p = process({"x"}, {"2*t"}, {{"0"}});
  CoupledEnsemble pairs(p, box({"x"}, -9, 9), law::PointMass({"x"}, {0}),
                        {10, "euler-maruyama", 1.0 / 512, 1}, 0, Communicator::self());
  pairs.advance(0.25);
  pairs.advance(1);
  EXPECT_NEAR(pairs.coarse().positions(0)[9], 1 - 1.0 / 512, 1024 * 1.2e-16);  // round-off of 1024 additions
  EXPECT_NEAR(pairs.fine().positions(0)[9], 1 - 1.0 / 1024, 1024 * 1.2e-16);
}

TEST(CoupledEnsemble, NamesTheLongestStepItTook) {
  auto pairs = wells(10, 0.1);
  pairs.advance(0.3);
  EXPECT_DOUBLE_EQ(pairs.differences(observables()).front().step, 0.1);
  pairs.advance(0.35);
  EXPECT_DOUBLE_EQ(pairs.differences(observables()).front().step, 0.1);
}

TEST(CoupledEnsemble, HasTheSameBitsForAnyNumberOfThreads) {
  auto one = wells(20'000), three = wells(20'000);
  one.advance(1);
  const auto reference = one.differences(observables());
  parallel::use_threads(3);
  three.advance(0.5);
  three.advance(1);
  const auto other = three.differences(observables());
  parallel::use_threads(1);
  expect_same_bits(reference, other);
}

// Also run on two processes; on one it holds of itself.
TEST(MpiCoupledEnsemble, HasTheSameBitsOnAnyNumberOfProcesses) {
  auto alone = wells(20'000), shared = wells(20'000, 0.0625, Communicator::world());
  for (const double t : {0.5, 1.0}) {
    alone.advance(t);
    shared.advance(t);
    expect_same_bits(alone.differences(observables()), shared.differences(observables()));
  }
}

TEST(CoupledEnsemble, RefusesAnObservableThatIsNotFiniteOnEveryPath) {
  auto pairs = wells(1000);
  pairs.advance(0.5);
  try {
    (void)pairs.differences({observables().front(), observable("log(x)", {"x", "y"})});
    FAIL() << "no exception";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("log(x) is not finite"), std::string::npos) << error.what();
  }
}

}  // namespace
