#include "sde/first_passage.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "parallel/threads.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using parallel::Communicator;
using sde::Absorption;
using sde::PassageEnd;

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

sde::EnsembleSettings settings(std::int64_t count, double step, Absorption absorption = Absorption::bridge) {
  sde::EnsembleSettings s{count, "euler-maruyama", step, 61};
  s.absorption = absorption;
  return s;
}

formula::Formula set(const std::string& text, const std::vector<std::string>& variables) {
  return formula::parse(text, {variables, {}, {}});
}

/// P(c t + s W_t has not reached h > 0 by t).
double survival_in_a_wind(double h, double c, double s, double t) {
  const double sd = s * std::sqrt(t);
  return normal_cdf((h - c * t) / sd) - std::exp(2 * c * h / (s * s)) * normal_cdf((-h - c * t) / sd);
}

// At steps of 1/2, at times that no step hits: the bridge knows when within a step a Brownian path passed.
TEST(FirstPassage, OfABrownianMotionInAWindHasTheExactLawAtAnyStep) {
  constexpr std::int64_t count = 300'000;
  const auto p = process({"x"}, {"0.4"}, {{"0.7"}});
  const auto domain = box({"x"}, -40, 40);
  const law::PointMass start({"x"}, {0.3});
  const auto passages = sde::first_passages({p, domain, start, set("x > 1.1", {"x"})}, settings(count, 0.5),
                                            4, Communicator::self());
  const std::vector<double> times{0.1, 0.37, 0.5, 1.2, 2.9, 4};
  const auto found = sde::passage_figures(passages, times);
  for (std::size_t k = 0; k < times.size(); ++k) {
    const double S = survival_in_a_wind(0.8, 0.4, 0.7, times[k]);
    EXPECT_NEAR(found.survival[k].value, S, allowed * std::sqrt(S * (1 - S) / count)) << times[k];
  }
  double mean = 0;  // int_0^4 S, midpoint rule, error below 1e-6
  for (int k = 0; k < 4000; ++k) mean += survival_in_a_wind(0.8, 0.4, 0.7, (k + 0.5) / 1000) / 1000;
  EXPECT_NEAR(found.restricted_mean.value, mean, allowed * found.restricted_mean.standard_error);
  EXPECT_NEAR(found.running.value, found.survival.back().value, 1e-15);
  EXPECT_NEAR(found.running.value + found.in_target.value, 1, 1e-14);
  EXPECT_EQ(found.exploded, 0);
}

/// Mean time out of the unit disc of sigma W in the plane, from (x, y): (1 - x^2 - y^2) / (2 sigma^2). 10 is far beyond all of them.
sde::PassageFigures out_of_the_disc(double step, Absorption absorption, const char* target) {
  const auto p = process({"x", "y"}, {"0", "0"}, {{"0.8", "0"}, {"0", "0.8"}});
  const auto domain = box({"x", "y"}, -9, 9);
  const law::PointMass start({"x", "y"}, {0.3, -0.2});
  return sde::passage_figures(
      sde::first_passages({p, domain, start, set(target, {"x", "y"})}, settings(40'000, step, absorption), 10,
                          Communicator::self()),
      {});
}

// The half-space that touches a circle moves the border by O(dt): at a step of 1/100 the mean is 1 per cent off at most, where
// that at the ends of steps is more than ten (0.5826 sigma sqrt(dt) further out).
TEST(FirstPassage, OutOfADiscHasItsMean) {
  const double exact = (1 - 0.09 - 0.04) / (2 * 0.64);
  const auto bridge = out_of_the_disc(0.01, Absorption::bridge, "x^2 + y^2 > 1");
  EXPECT_NEAR(bridge.restricted_mean.value, exact,
              allowed * bridge.restricted_mean.standard_error + 0.01 * exact);
  const auto missed = out_of_the_disc(0.01, Absorption::end_of_step, "x^2 + y^2 > 1");
  const double moved = 1 + 0.5826 * 0.8 * 0.1;
  EXPECT_GT(missed.restricted_mean.value, exact + 0.1 * exact);
  EXPECT_NEAR(missed.restricted_mean.value, (moved * moved - 0.13) / (2 * 0.64), 0.01 + 0.02 * exact);
}

// A set that is no comparison is looked at where steps end, and says so.
TEST(FirstPassage, IntoASetThatIsNoComparisonIsSeenAtTheEndOfSteps) {
  const auto p = process({"x", "y"}, {"0", "0"}, {{"0.8", "0"}, {"0", "0.8"}});
  const auto domain = box({"x", "y"}, -9, 9);
  const law::PointMass start({"x", "y"}, {0.3, -0.2});
  const sde::PassageProblem sum{p, domain, start, set("(x > 1) + (x < -1)*(x <= 1)", {"x", "y"})},
      either{p, domain, start, set("x > 1 or x < -1", {"x", "y"})};
  EXPECT_FALSE(sde::passage_has_bridge(sum, settings(10, 0.01)));
  EXPECT_TRUE(sde::passage_has_bridge(either, settings(10, 0.01)));
  EXPECT_FALSE(sde::passage_has_bridge(either, settings(10, 0.01, Absorption::end_of_step)));
  const auto a =
      sde::passage_figures(sde::first_passages(sum, settings(2000, 0.01), 10, Communicator::self()), {});
  auto at_ends = settings(2000, 0.01, Absorption::end_of_step);
  const auto b = sde::passage_figures(sde::first_passages(either, at_ends, 10, Communicator::self()), {});
  // The same paths; a sum of truths does not know where within its step one passed, and takes the end.
  EXPECT_NEAR(a.restricted_mean.value, b.restricted_mean.value, 0.01);
  EXPECT_GT(a.restricted_mean.value, b.restricted_mean.value);
}

// The target at 0.8, an absorbing face at 0: who comes first, by the scale function of the wind.
TEST(FirstPassage, TellsTheTargetFromTheFaces) {
  constexpr std::int64_t count = 200'000;
  const double c = -0.3, s = 0.6, x_0 = 0.35;
  const auto p = process({"x"}, {"-0.3"}, {{"0.6"}});
  auto domain = box({"x"}, 0, 9);
  domain.sides[0].lower_boundary = model::Boundary::absorbing;
  const law::PointMass start({"x"}, {x_0});
  const auto found =
      sde::passage_figures(sde::first_passages({p, domain, start, set("x > 0.8", {"x"})},
                                               settings(count, 0.05), 20, Communicator::self()),
                           {});
  const double up = std::expm1(-2 * c * x_0 / (s * s)) / std::expm1(-2 * c * 0.8 / (s * s));
  EXPECT_NEAR(found.in_target.value, up, allowed * std::sqrt(up * (1 - up) / count));
  EXPECT_NEAR(found.at_faces.value, 1 - up, allowed * std::sqrt(up * (1 - up) / count));
}

TEST(FirstPassage, OfAParticleThatStartsAtItsEndTakesNoTime) {
  const auto p = process({"x"}, {"0"}, {{"0"}});
  auto domain = box({"x"}, -0.5, 9);
  domain.sides[0].lower_boundary = model::Boundary::absorbing;
  const law::Gaussian around_zero({"x"}, Eigen::VectorXd::Zero(1), Eigen::MatrixXd::Identity(1, 1));
  const auto passages = sde::first_passages({p, domain, around_zero, set("x >= 1", {"x"})},
                                            settings(50'000, 0.5), 2, Communicator::self());
  const auto found = sde::passage_figures(passages, {0, 1});
  const double beyond = normal_cdf(-1), below = normal_cdf(-0.5);
  EXPECT_NEAR(found.in_target.value, beyond, allowed * found.in_target.standard_error);
  EXPECT_NEAR(found.at_faces.value, below, allowed * found.at_faces.standard_error);
  EXPECT_EQ(found.survival[0].value, found.running.value);  // nothing moves
  for (std::size_t n = 0; n < passages.time.size(); ++n)
    EXPECT_EQ(passages.time[n], passages.end[n] == PassageEnd::none ? 2 : 0);
}

TEST(FirstPassage, CountsExplosions) {
  const auto p = process({"x"}, {"-4*x^3"}, {{"1"}});
  const auto domain = box({"x"}, -1e200, 1e200);
  const law::PointMass start({"x"}, {3});
  const auto found = sde::passage_figures(
      sde::first_passages({p, domain, start, set("x > 1e180", {"x"})},
                          settings(500, 0.5, Absorption::end_of_step), 10, Communicator::self()),
      {});
  EXPECT_GT(found.exploded, 0);
  EXPECT_EQ(static_cast<double>(found.exploded) / 500 + found.in_target.value + found.running.value +
                found.at_faces.value,
            1);
}

sde::CoupledPassages swirl(double step, Absorption absorption,
                           Communicator processes = Communicator::self()) {
  static const auto p = process({"x", "y"}, {"-x + 2*y", "-2*x - y"}, {{"0.8", "0.1*x"}, {"0", "0.6"}});
  static const auto domain = box({"x", "y"}, -3, 3);
  static const law::PointMass start({"x", "y"}, {0.2, -0.1});
  return sde::coupled_passages({p, domain, start, set("x^2 + y^2 > 0.81", {"x", "y"})},
                               settings(20'000, step, absorption), 5, processes);
}

// Both paths of a pair have the law that they would have alone: means against ensembles of their own.
TEST(CoupledPassages, KeepTheLawOfBothPaths) {
  const auto pairs = swirl(0.1, Absorption::bridge);
  const auto coarse = sde::passage_figures(pairs.coarse, {}), fine = sde::passage_figures(pairs.fine, {});
  const auto p = process({"x", "y"}, {"-x + 2*y", "-2*x - y"}, {{"0.8", "0.1*x"}, {"0", "0.6"}});
  const auto domain = box({"x", "y"}, -3, 3);
  const law::PointMass start({"x", "y"}, {0.2, -0.1});
  const sde::PassageProblem problem{p, domain, start, set("x^2 + y^2 > 0.81", {"x", "y"})};
  for (const auto& [found, step] : {std::pair{coarse, 0.1}, std::pair{fine, 0.05}}) {
    const auto alone = sde::passage_figures(
        sde::first_passages(problem, settings(60'000, step), 5, Communicator::self()), {});
    EXPECT_NEAR(
        found.restricted_mean.value, alone.restricted_mean.value,
        allowed * std::hypot(found.restricted_mean.standard_error, alone.restricted_mean.standard_error))
        << step;
  }
  const auto difference = sde::passage_differences(pairs, {1.0});
  EXPECT_NEAR(difference[1].value, coarse.restricted_mean.value - fine.restricted_mean.value, 1e-12);
}

TEST(CoupledPassages, PartLessThanAtTheEndOfSteps) {
  for (const double step : {0.1, 0.025}) {
    const auto bridge = sde::passage_differences(swirl(step, Absorption::bridge), {1.0}),
               ends = sde::passage_differences(swirl(step, Absorption::end_of_step), {1.0});
    EXPECT_LT(bridge[1].standard_error, 0.9 * ends[1].standard_error) << step;
    // At the longer step the drift's own bias is the larger part, and of the other sign than that of late detection.
    if (step < 0.05) {
      EXPECT_LT(std::abs(bridge[1].value), 0.5 * std::abs(ends[1].value));
    }
  }
}

void expect_same(const sde::PassageTimes& a, const sde::PassageTimes& b, std::size_t first) {
  EXPECT_EQ(std::memcmp(a.time.data() + first, b.time.data(), b.time.size() * sizeof(double)), 0);
  EXPECT_EQ(std::memcmp(a.end.data() + first, b.end.data(), b.end.size()), 0);
}

TEST(FirstPassage, HasTheSameBitsForAnyNumberOfThreads) {
  const auto one = swirl(0.1, Absorption::bridge);
  parallel::use_threads(3);
  const auto three = swirl(0.1, Absorption::bridge);
  parallel::use_threads(1);
  expect_same(one.coarse, three.coarse, 0);
  expect_same(one.fine, three.fine, 0);
}

// A block of 256 particles further on: another, independent ensemble, whose first are the last of one that reaches so far.
TEST(FirstPassage, StartsAtTheParticleThatItIsTold) {
  const auto p = process({"x"}, {"0.4"}, {{"0.7"}});
  const auto domain = box({"x"}, -40, 40);
  const law::PointMass start({"x"}, {0.3});
  const auto times = [&](std::int64_t first, std::int64_t count) {
    auto s = settings(count, 0.5);
    s.first_particle = first;
    return sde::first_passages({p, domain, start, set("x > 1.1", {"x"})}, s, 4, Communicator::self()).time;
  };
  const auto all = times(0, 512), late = times(256, 256);
  for (std::size_t n = 0; n < late.size(); ++n) EXPECT_EQ(late[n], all[256 + n]);
  EXPECT_NE(late[0], all[0]);
}

// Also run on two processes; on one it holds of itself.
TEST(MpiFirstPassage, HasTheSameBitsOnAnyNumberOfProcesses) {
  const auto alone = swirl(0.1, Absorption::bridge),
             shared = swirl(0.1, Absorption::bridge, Communicator::world());
  expect_same(alone.coarse, shared.coarse, static_cast<std::size_t>(shared.coarse.sample.first()));
  const auto a = sde::passage_differences(alone, {0.5, 1.0}),
             b = sde::passage_differences(shared, {0.5, 1.0});
  EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof a.front()), 0);
}

}  // namespace
