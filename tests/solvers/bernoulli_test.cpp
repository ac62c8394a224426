#include "solvers/flux/bernoulli.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "solvers/flux/hybrid.hpp"
#include "solvers/flux/slope.hpp"

namespace fpk::solvers {
namespace {

constexpr double few_ulp = 1e-15;  // relative: expm1, a division and the branch's last term round once each

TEST(Bernoulli, IsOneAtZeroAndContinuousThroughItsBranches) {
  EXPECT_EQ(bernoulli(0.0), 1.0);
  for (const double z : {1e-300, 1e-20, 1e-12, 1e-4, 0.0099999, 0.0100001, -0.0099999, -0.0100001}) {
    const long double exact =
        z == 0 ? 1.0L : static_cast<long double>(z) / expm1l(static_cast<long double>(z));
    EXPECT_NEAR(bernoulli(z) / static_cast<double>(exact), 1.0, few_ulp) << z;
  }
}

TEST(Bernoulli, IsAccurateForModerateAndHugeArguments) {
  for (double z = -800; z <= 740; z += 0.37) {
    const long double exact = static_cast<long double>(z) / expm1l(static_cast<long double>(z));
    if (exact < 1e-300L) continue;  // denormal: relative accuracy ends there
    EXPECT_NEAR(bernoulli(z) / static_cast<double>(exact), 1.0, few_ulp) << z;
  }
  EXPECT_EQ(bernoulli(1e6), 0.0);
  EXPECT_EQ(bernoulli(-1e6), 1e6);
}

TEST(Bernoulli, SatisfiesDetailedBalance) {
  for (const double z : {1e-9, 0.003, 0.5, 3.0, 40.0, 600.0})
    EXPECT_NEAR(std::log(bernoulli(-z) / bernoulli(z)) / z, 1.0, 1e-15 + 4e-16 / z)
        << z;  // ln of two numbers that round once each
}

TEST(Slopes, AreBernoullisPairAndTheirGeometricMeanForEverySlope) {
  std::vector<double> z = {0.0,  1e-300, -1e-20, 1e-5,  0.0199, 0.4999999, 0.5000001,
                           -0.5, 3.0,    -7.0,   300.0, -690.0, 2e4};
  for (double x = -40; x < 40; x += 0.0371) z.push_back(x);
  std::vector<double> forward(z.size()), backward(z.size()), log_s(z.size());
  slopes(z.data(), z.size(), forward.data(), backward.data(), log_s.data());
  for (std::size_t i = 0; i < z.size(); ++i) {
    const auto x = static_cast<long double>(z[i]), b = z[i] == 0 ? 1.0L : x / expm1l(x);
    const long double b_minus = z[i] == 0 ? 1.0L : -x / expm1l(-x);
    if (b > 1e-300L) {
      EXPECT_NEAR(forward[i] / static_cast<double>(b), 1.0, few_ulp) << z[i];
    }
    if (b_minus > 1e-300L) {
      EXPECT_NEAR(backward[i] / static_cast<double>(b_minus), 1.0, few_ulp) << z[i];
    }
    const long double half = std::abs(z[i]) / 2.0L;  // ln(2 h) - h - ln(1 - exp(-2 h)), h = |z|/2
    const auto exact = half == 0 ? 0.0L : logl(2 * half) - half - logl(-expm1l(-2 * half));
    EXPECT_NEAR(log_s[i], static_cast<double>(exact), 4e-16 * (1 + std::abs(z[i]))) << z[i];
  }
  EXPECT_EQ(forward[12], 0.0);  // where exp(-z) underflows
  EXPECT_EQ(backward[12], 2e4);
}

TEST(HybridRates, AreNonNegativeAndCarryTheDriftForEveryPecletNumber) {
  for (const double a : {0.0, 1e-300, 1e-9, 0.3, 5.0})
    for (const double beta : {-1e8, -3.0, -1e-7, 0.0, 0.4, 2e5}) {
      const auto r = hybrid_rates(a, beta, 0.1);
      EXPECT_GE(r.forward, 0.0);
      EXPECT_GE(r.backward, 0.0);
      // forward - backward is the drift, whatever the weights.
      EXPECT_NEAR(r.forward - r.backward, beta, 1e-12 * std::max(std::abs(beta), a / 0.1))
          << a << ' ' << beta;
    }
}

TEST(HybridRates, PassSmoothlyFromCentralToBernoulli) {
  // A coefficient that moves with time must not make the rates jump: neighbouring w, neighbouring rates.
  for (double w = -3; w < 3; w += 1e-3) {
    const auto here = hybrid_rates(1, w, 1), there = hybrid_rates(1, w + 1e-3, 1);
    EXPECT_LT(std::abs(here.forward - there.forward) + std::abs(here.backward - there.backward), 6e-3)
        << w;  // slope of both together below 6
  }
}

TEST(HybridRates, AddNoNumericalDiffusionUpToPecletSevenQuarters) {
  const auto r = hybrid_rates(1.0, 1.7 / 0.1, 0.1);
  EXPECT_DOUBLE_EQ((r.forward + r.backward) / 2, 1.0 / 0.1);
}

}  // namespace
}  // namespace fpk::solvers
