// Multilevel Monte Carlo on geometric Brownian motion, from paths that this file steps itself: rates, estimate and telescoping
// against closed forms (Giles 2008, section 6).
#include "verification/multilevel/multilevel.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <functional>
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
  EXPECT_LE(e.standard_error * e.standard_error, 0.76 * 1e-6);  // 3/4, and the 1 % that is not sampled again
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

// Joined moments are those of all values: 1e-9 of their sizes, which the values below 10 leave of 200 sums.
RC_GTEST_PROP(CentralMoments, DoNotDependOnHowValuesAreJoined, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(2, 60);
  const auto whole = *rc::gen::container<std::vector<int>>(size, rc::gen::inRange(-900, 1000));
  const auto cut = *rc::gen::inRange<std::size_t>(0, size);
  std::vector<double> v, a, b;
  for (std::size_t i = 0; i < size; ++i) {
    v.push_back(0.01 * whole[i]);
    (i < cut ? a : b).push_back(v.back());
  }
  auto joined = moments(a);
  joined += moments(b);
  double mean = 0, s2 = 0, s3 = 0, s4 = 0;
  for (const double x : v) mean += x / static_cast<double>(size);
  for (const double x : v) {
    const double d = x - mean;
    s2 += d * d, s3 += d * d * d, s4 += d * d * d * d;
  }
  RC_ASSERT(std::abs(joined.mean - mean) < 1e-12);
  RC_ASSERT(std::abs(joined.s2 - s2) <= 1e-9 * (1 + s2));
  RC_ASSERT(std::abs(joined.s3 - s3) <= 1e-9 * (1 + std::abs(s4)));
  RC_ASSERT(std::abs(joined.s4 - s4) <= 1e-9 * (1 + s4));
}

}  // namespace
