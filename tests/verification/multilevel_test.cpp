// Multilevel Monte Carlo on geometric Brownian motion, from paths that this file steps itself: rates, estimate and telescoping
// against closed forms (Giles 2008, section 6).
#include "verification/multilevel/multilevel.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "verification/multilevel/rates.hpp"

namespace {

using namespace fpk;
using verification::Level;

constexpr double r = 0.05, sigma = 0.2;  // X_0 = 1, time 1

law::CentralMoments moments(const std::vector<double>& v) {
  law::CentralMoments m;
  for (const double x : v) m += law::CentralMoments{1, x, 0, 0, 0};
  return m;
}

enum class Planted { nothing, wrong_increments };

/// Paths of 2^l steps by Euler-Maruyama, or by Milstein's scheme.
struct GeometricBrownianMotion {
  std::function<double(double)> payoff;
  bool milstein = false;
  Planted planted = Planted::nothing;

  [[nodiscard]] double step(double x, double dt, double dW) const {
    const double correction = milstein ? 0.5 * sigma * sigma * x * (dW * dW - dt) : 0;
    return x + r * x * dt + sigma * x * dW + correction;
  }

  Level operator()(std::size_t level, std::int64_t first, std::int64_t count) const {
    const auto steps = std::int64_t{1} << level;
    const double dt = 1.0 / static_cast<double>(steps);
    std::vector<double> difference, fine, coarse;
    std::mt19937_64 bits(1000003 * level + static_cast<std::uint64_t>(first));
    std::normal_distribution<double> normal(0, std::sqrt(dt));
    for (std::int64_t n = 0; n < count; ++n) {
      double f = 1, c = 1;
      for (std::int64_t k = 0; k < steps; k += 2) {
        const double one = normal(bits);
        f = step(f, dt, one);
        if (level == 0) break;
        const double two = normal(bits);
        f = step(f, dt, two);
        c = step(c, 2 * dt, planted == Planted::nothing ? one + two : 2 * one);
      }
      fine.push_back(payoff(f));
      if (level > 0) coarse.push_back(payoff(c));
      difference.push_back(fine.back() - (level > 0 ? coarse.back() : 0));
    }
    return {moments(difference), moments(fine), moments(coarse),
            (level == 0 ? 1.0 : 1.5) * static_cast<double>(steps)};
  }
};

double call(double x) { return std::max(x - 1, 0.0); }
double digital(double x) { return x > 1 ? 1.0 : 0.0; }
double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

// Black and Scholes, not discounted.
const double d1 = (r + sigma * sigma / 2) / sigma, d2 = d1 - sigma;
const double call_in_closed_form = std::exp(r) * normal_cdf(d1) - normal_cdf(d2);

verification::MultilevelEstimate estimate(const verification::SampleLevel& sample, double tolerance) {
  verification::MultilevelSettings settings;
  settings.tolerance = tolerance;
  return verification::multilevel(settings, sample);
}

/// Eight levels of 65536 samples each: rates apart from what an estimate would sample.
std::vector<Level> eight_levels(const GeometricBrownianMotion& paths) {
  std::vector<Level> levels;
  for (std::size_t l = 0; l < 8; ++l) levels.push_back(paths(l, 0, 1 << 16));
  return levels;
}

TEST(Multilevel, FindsTheCallOfBlackAndScholes) {
  const auto e = estimate(GeometricBrownianMotion{call}, 1e-3);
  EXPECT_EQ(e.failure, "");
  EXPECT_LE(e.total_error(), 1e-3);
  // Five standard errors, and the bias that it admits.
  EXPECT_NEAR(e.value, call_in_closed_form, 5 * e.standard_error + e.bias + 3 * e.bias_standard_error);
}

TEST(Multilevel, SharesTheErrorOutAsItSays) {
  const auto e = estimate(GeometricBrownianMotion{call}, 1e-3);
  EXPECT_LE(e.standard_error * e.standard_error, 0.75 * 1e-6);
  EXPECT_LE(e.bias, 0.5e-3);
  for (std::size_t l = 1; l < e.levels.size(); ++l)
    EXPECT_LE(e.levels[l].samples(), e.levels[l - 1].samples());
}

// Expected variances V_l ~ h; 0.1: levels 1 to 7 are not yet all asymptotic.
TEST(Multilevel, EulerMaruyamaHasBetaOneOnALipschitzPayoff) {
  const auto rates = verification::level_rates(eight_levels({call}));
  ASSERT_TRUE(rates.beta);
  EXPECT_NEAR(rates.beta->value, 1, 0.1);
  EXPECT_NEAR(rates.gamma, 1, 1e-12);
}

TEST(Multilevel, MilsteinHasBetaTwoOnALipschitzPayoff) {
  const auto rates = verification::level_rates(eight_levels({call, true}));
  ASSERT_TRUE(rates.beta);
  EXPECT_NEAR(rates.beta->value, 2, 0.15);
}

TEST(Multilevel, EulerMaruyamaHasBetaOneHalfOnAPayoffThatJumps) {
  const auto levels = eight_levels({digital});
  const auto rates = verification::level_rates(levels);
  ASSERT_TRUE(rates.beta);
  EXPECT_NEAR(rates.beta->value, 0.5, 0.15);
  EXPECT_GT(levels[7].difference.kurtosis(), 2 * levels[1].difference.kurtosis());  // of an ever rarer event
}

/// The mean of Euler-Maruyama is (1 + r h)^(1/h): its alpha over the levels is known.
TEST(Multilevel, MeasuresTheWeakOrderOnTheMean) {
  std::vector<Level> levels(6);
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const auto mean = [](std::size_t k) { return std::pow(1 + r / std::exp2(k), std::exp2(k)); };
    levels[l].difference = {1e6, mean(l) - (l > 0 ? mean(l - 1) : 0), 1e-12, 0, 1e-30};
    levels[l].cost = std::exp2(l);
  }
  const auto rates = verification::level_rates(levels);
  ASSERT_TRUE(rates.alpha);
  EXPECT_NEAR(rates.alpha->value, 1, 0.05);  // r h on the coarsest level
  // What is left behind level 5 is the bias in closed form, to the next order, r h = 0.2 %.
  const double bias = std::exp(r) - std::pow(1 + r / 32, 32);
  EXPECT_NEAR(verification::remaining_bias(levels, 5, 1), bias, 0.03 * bias);
}

TEST(Multilevel, TelescopesWhereTheCoarsePathIsThatOfTheLevelBefore) {
  const auto claim = verification::levels_telescope(eight_levels({call}), 1e-4);
  EXPECT_TRUE(claim.holds()) << claim.measured;
}

// The planted error: the coarse path takes the first half's increment twice, so its noise has twice the variance.
TEST(Multilevel, CatchesACoarsePathWithWrongIncrements) {
  const auto claim =
      verification::levels_telescope(eight_levels({call, false, Planted::wrong_increments}), 1e-4);
  EXPECT_FALSE(claim.holds());
  EXPECT_GT(claim.measured, 10);
}

TEST(Multilevel, SaysWhatTheBudgetDoesNotBuy) {
  verification::MultilevelSettings settings;
  settings.tolerance = 1e-5;
  settings.budget = 1e6;
  const auto e = verification::multilevel(settings, GeometricBrownianMotion{call});
  EXPECT_NE(e.failure.find("budget"), std::string::npos);
  EXPECT_LE(e.cost(), settings.budget);
}

TEST(Multilevel, SaysWhereTheLevelsDoNotReach) {
  verification::MultilevelSettings settings;
  settings.tolerance = 2e-4;
  settings.most_levels = 2;
  const auto e = verification::multilevel(settings, GeometricBrownianMotion{[](double x) { return x; }});
  EXPECT_NE(e.failure.find("finest"), std::string::npos);
}

TEST(Multilevel, PredictsThatItsGainGrowsAsTheErrorShrinks) {
  verification::MultilevelSettings settings;
  settings.tolerance = 1e-3;
  const auto levels = eight_levels({call});
  const auto fine = verification::cost_of_error(settings, levels, 1e-3),
             coarse = verification::cost_of_error(settings, levels, 1e-2);
  ASSERT_TRUE(fine && coarse);
  EXPECT_GT(fine->plain / fine->multilevel, coarse->plain / coarse->multilevel);
}

/// Levels whose moments are known: V_l = C_l = 1, so that all want as many samples, and means that leave the bias 0.4999 eps on
/// level 2.
struct Synthetic {
  double tolerance;
  double order_allowed = std::numeric_limits<double>::infinity();
  Level operator()(std::size_t level, std::int64_t /*first*/, std::int64_t count) const {
    const double n = static_cast<double>(count);
    const double mean = 0.4999 * tolerance * std::exp2(2.0 - static_cast<double>(level));
    Level batch;
    batch.difference = {n, mean, n - 1, 0, 3 * n};
    batch.fine = batch.coarse = batch.difference;
    batch.cost = 1;
    batch.order_allowed = order_allowed;
    return batch;
  }
};

// Samples that are missing by less than 1 % are forgiven, and yet the whole is within the tolerance where the bias uses all of its
// share. The first batches are near the samples that a variance of 3/4 eps^2 wants, grains are of one sample.
RC_GTEST_PROP(Multilevel, KeepsTheToleranceThoughAFewSamplesAreForgiven, ()) {
  const double tolerance = 1e-2;
  verification::MultilevelSettings settings;
  settings.tolerance = tolerance;
  settings.grain = 1;
  settings.first_batch = *rc::gen::inRange<std::int64_t>(39'000, 41'000);  // 3 / (3/4 eps^2) = 40 000
  const auto e = verification::multilevel(settings, Synthetic{tolerance});
  RC_ASSERT(e.failure.empty());
  RC_ASSERT(e.bias > 0.499 * tolerance);
  RC_ASSERT(e.total_error() <= tolerance);
}

// A second-order scheme whose paths met a wall: the bias that is left is then as large as the last difference, not a third of it.
TEST(Multilevel, TakesTheOrderThatThePathsAllow) {
  verification::MultilevelSettings settings;
  settings.tolerance = 1e-2;
  settings.weak_order = 2;
  const auto free = verification::multilevel(settings, Synthetic{1e-2}),
             walled = verification::multilevel(settings, Synthetic{1e-2, 1});
  EXPECT_EQ(free.weak_order, 2);
  EXPECT_EQ(walled.weak_order, 1);
  const double last = std::abs(walled.levels.back().difference.mean);
  EXPECT_NEAR(walled.bias, last, 1e-12);
  settings.weak_order = std::numeric_limits<double>::infinity();
  EXPECT_EQ(verification::multilevel(settings, Synthetic{1e-2}).bias, 0);
  EXPECT_GT(verification::multilevel(settings, Synthetic{1e-2, 1}).bias, 0.4e-2);
}

}  // namespace
