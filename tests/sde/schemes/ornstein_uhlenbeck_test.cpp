#include "sde/schemes/ornstein_uhlenbeck.hpp"

#include <gtest/gtest.h>

#include "model/affine.hpp"
#include "sde/schemes/linear_transition.hpp"
#include "tests/sde/one_step.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using problems::process;

// dX = k (m - X) dt + s dW:  mean m + (x - m) exp(-k dt), variance s^2 (1 - exp(-2 k dt)) / (2 k).
TEST(OrnsteinUhlenbeck, HasTheExactLawAtAnyStep) {
  constexpr double k = 3, m = 0.4, s = 0.7;
  const auto scheme = one_step::make("ornstein-uhlenbeck", process({"x"}, {"3*(0.4 - x)"}, {{"0.7"}}));
  for (const double dt : {1e-6, 0.1, 2.0, 1e4}) {  // at the last, exp(k dt) would overflow
    const double fall = std::exp(-k * dt), sd = s * std::sqrt(-std::expm1(-2 * k * dt) / (2 * k));
    EXPECT_NEAR(one_step::step(*scheme, {1.5}, 0, dt, {{0}})[0], m + (1.5 - m) * fall, 1e-14) << dt;
    const double noise = one_step::step(*scheme, {m}, 0, dt, {{std::sqrt(dt)}})[0] - m;
    EXPECT_NEAR(noise, sd, 1e-13 * sd + 2e-16)
        << dt;  // relative, but for the round-off of the mean taken away
  }
}

/// Mean and covariance after a step from x, from the step itself: it is affine in x and dW.
struct Law {
  VectorXd mean;
  MatrixXd covariance;
};
Law law_of_step(const Scheme& scheme, const std::vector<double>& x, double dt) {
  const std::size_t n = scheme.draws().increments, d = x.size();
  const auto vector = [](const std::vector<double>& v) {
    return VectorXd(Eigen::Map<const VectorXd>(v.data(), static_cast<Eigen::Index>(v.size())));
  };
  std::vector<double> dW(n, 0.0);
  Law law{vector(one_step::step(scheme, x, 0, dt, {dW})),
          MatrixXd::Zero(static_cast<Eigen::Index>(d), static_cast<Eigen::Index>(d))};
  for (std::size_t k = 0; k < n; ++k) {
    dW.assign(n, 0.0);
    dW[k] = std::sqrt(dt);
    const VectorXd s = vector(one_step::step(scheme, x, 0, dt, {dW})) - law.mean;
    law.covariance += s * s.transpose();
  }
  return law;
}

// Against the law that the density road and the claims use, which integrates the moments in another way, at once.
TEST(OrnsteinUhlenbeck, HasAllMomentsOfARotatingProcessWithCorrelatedNoise) {
  const auto p = process({"x", "y"}, {"-x + 2*y + 0.3", "-1.5*x - 0.7*y"},
                         {{"0.5", "0.2", "0.1"}, {"0", "0.4", "-0.3"}});
  const auto scheme = one_step::make("ornstein-uhlenbeck", p);
  EXPECT_EQ(scheme->draws().increments, 3U);
  const auto affine = model::affine(p).value();
  for (const double dt : {0.01, 0.5, 5.0}) {
    const auto exact =
        model::gaussian_at(affine, p.variables, Eigen::Vector2d(1.2, -0.4), Eigen::Matrix2d::Zero(), dt);
    const auto law = law_of_step(*scheme, {1.2, -0.4}, dt);
    // The integral at once holds exp(-B dt), 70 at the longest step: its square times round-off.
    EXPECT_LT((law.mean - exact.mean()).norm(), 1e-12) << dt;
    EXPECT_LT((law.covariance - exact.covariance()).norm(), 1e-12) << dt;
  }
}

// One source, two variables that feel it: dq = v dt, dv = -v dt + dW. The noise of q is of order dt^{3/2}, and needs a second number.
TEST(OrnsteinUhlenbeck, DrivesAVariableThatFeelsTheNoiseThroughAnother) {
  const auto scheme = one_step::make("ornstein-uhlenbeck", process({"q", "v"}, {"v", "-v"}, {{"0"}, {"1"}}));
  EXPECT_EQ(scheme->draws().increments, 2U);
  const double dt = 0.01;
  const auto law = law_of_step(*scheme, {0, 0}, dt);
  const double e = std::exp(-dt);
  EXPECT_NEAR(law.covariance(1, 1), (1 - e * e) / 2, 1e-16);
  EXPECT_NEAR(law.covariance(0, 1), (1 - e) * (1 - e) / 2, 1e-10 * dt * dt);
  EXPECT_NEAR(law.covariance(0, 0), dt - 2 * (1 - e) + (1 - e * e) / 2,
              1e-8 * dt * dt * dt);  // itself a difference
}

// For a short step the noise is the given increment: a coupled path stays with its partner.
TEST(OrnsteinUhlenbeck, FollowsItsIncrements) {
  const auto p = process({"x", "y"}, {"-x + 2*y", "-1.5*x - 0.7*y"}, {{"0.5", "0.2"}, {"-0.3", "0.4"}});
  const auto scheme = one_step::make("ornstein-uhlenbeck", p);
  const double dt = 1e-4;
  const auto after = one_step::step(*scheme, {0, 0}, 0, dt, {{0.01, -0.02}});
  EXPECT_NEAR(after[0], 0.5 * 0.01 - 0.2 * 0.02, 10 * dt * 0.02);  // off by |B| dt of it
  EXPECT_NEAR(after[1], -0.3 * 0.01 - 0.4 * 0.02, 10 * dt * 0.02);
}

TEST(OrnsteinUhlenbeck, KeepsTheStepsOfSeveralLengthsApart) {
  const auto scheme = one_step::make("ornstein-uhlenbeck", process({"x"}, {"-x"}, {{"1"}}));
  one_step::Stepper stepper(*scheme, 1);
  for (int round = 0; round < 3; ++round)
    for (const double dt : {0.1, 0.2, 0.3, 0.4, 0.5, 0.6}) {
      for (std::size_t i = 0; i < formula::block_width; ++i) stepper.set(i, {1}, {{0}});
      stepper.step(0, dt);
      EXPECT_NEAR(stepper.at(3)[0], std::exp(-dt), 1e-15);
    }
}

TEST(OrnsteinUhlenbeck, RefusesWhatIsNotLinearAndConstant) {
  EXPECT_NE(ornstein_uhlenbeck_refusal(process({"x"}, {"-x^3"}, {{"1"}})), "");
  EXPECT_NE(ornstein_uhlenbeck_refusal(process({"x"}, {"-x"}, {{"x"}})), "");
  EXPECT_NE(ornstein_uhlenbeck_refusal(process({"x"}, {"-x + sin(t)"}, {{"1"}})), "");
  EXPECT_EQ(ornstein_uhlenbeck_refusal(process({"x", "y"}, {"-x + y + 1", "2*x - 3*y"}, {{"1"}, {"0.5"}})),
            "");
}

}  // namespace
