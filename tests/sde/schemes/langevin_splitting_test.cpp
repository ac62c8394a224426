#include "sde/schemes/langevin_splitting.hpp"

#include <gtest/gtest.h>

#include <Eigen/Dense>

#include "tests/sde/one_step.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using one_step::asymmetric;
using problems::process;

double force(double q, double t) { return -4 * q * (q * q - 1) + 0.5 * t; }
model::Process forced() {
  return process({"v", "q"}, {"-4*q*(q^2 - 1) + 0.5*t - 0.8*v", "v/2"},
                 {{"0.6"}, {"0"}});  // mass 2, velocity first
}

constexpr double round_off = 1e-14;  // sums of a few terms of size 5 at most

TEST(Baoab, TakesTheStepOfItsFormula) {
  const auto scheme = one_step::make("baoab", forced());
  ASSERT_EQ(scheme->draws().increments, 1U);
  const double t = 0.7, dt = 0.2, gamma = 0.8;
  const double fall = std::exp(-gamma * dt), sd = 0.6 * std::sqrt((1 - fall * fall) / (2 * gamma));
  for (std::size_t n = 0; n < 20; ++n) {
    const double dW = asymmetric(n, 2);
    double v = asymmetric(n, 0), q = asymmetric(n, 1);
    const auto after = one_step::step(*scheme, {v, q}, t, dt, {{dW}});
    v += dt / 2 * force(q, t);
    q += dt / 2 * v / 2;
    v = fall * v + sd * dW / std::sqrt(dt);
    q += dt / 2 * v / 2;
    v += dt / 2 * force(q, t + dt);
    EXPECT_NEAR(after[0], v, round_off);
    EXPECT_NEAR(after[1], q, round_off);
  }
}

TEST(Obabo, TakesTheStepOfItsFormula) {
  const auto scheme = one_step::make("obabo", forced());
  ASSERT_EQ(scheme->draws().increments, 2U);
  const double t = 0.7, dt = 0.2, gamma = 0.8;
  const double fall = std::exp(-gamma * dt / 2), sd = 0.6 * std::sqrt((1 - fall * fall) / (2 * gamma));
  for (std::size_t n = 0; n < 20; ++n) {
    const double first = asymmetric(n, 2), second = asymmetric(n, 3);
    double v = asymmetric(n, 0), q = asymmetric(n, 1);
    const auto after = one_step::step(*scheme, {v, q}, t, dt, {{first, second}});
    v = fall * v + sd * first / std::sqrt(dt);
    v += dt / 2 * force(q, t);
    q += dt * v / 2;
    v += dt / 2 * force(q, t + dt);
    v = fall * v + sd * second / std::sqrt(dt);
    EXPECT_NEAR(after[0], v, round_off);
    EXPECT_NEAR(after[1], q, round_off);
  }
}

/// Invariant covariance of a step that is linear in state and increments: C = A C A^T + N N^T dt, by doubling the time.
MatrixXd invariant_covariance(const Scheme& scheme, std::size_t d, double dt) {
  const std::size_t n = scheme.draws().increments;
  MatrixXd A(d, d), N(d, n);
  const auto column = [&](const std::vector<double>& x, const std::vector<double>& dW) {
    const auto after = one_step::step(scheme, x, 0, dt, {dW});
    return VectorXd(Eigen::Map<const VectorXd>(after.data(), static_cast<Eigen::Index>(d)));
  };
  for (std::size_t a = 0; a < d; ++a) {
    std::vector<double> x(d, 0.0);
    x[a] = 1;
    A.col(static_cast<Eigen::Index>(a)) = column(x, std::vector<double>(n, 0.0));
  }
  for (std::size_t k = 0; k < n; ++k) {
    std::vector<double> dW(n, 0.0);
    dW[k] = 1;
    N.col(static_cast<Eigen::Index>(k)) = column(std::vector<double>(d, 0.0), dW);
  }
  MatrixXd C = N * N.transpose() * dt;
  for (int k = 0; k < 20; ++k) {
    C = (C + A * C * A.transpose()).eval();
    A = (A * A).eval();
  }
  return C;
}

// dq = v dt, dv = (-w^2 q - gamma v) dt + sqrt(2 gamma T) dW:  <q^2> = T / w^2 exactly at any stable step; <v^2> is T (1 - w^2 dt^2/4).
TEST(Baoab, HasTheExactPositionsOfAHarmonicOscillator) {
  const auto scheme =
      one_step::make("baoab", process({"q", "v"}, {"v", "-2.25*q - 0.8*v"}, {{"0"}, {"0.6"}}));
  const double T = 0.36 / (2 * 0.8), dt = 0.9, w2 = 2.25;
  const auto C = invariant_covariance(*scheme, 2, dt);
  EXPECT_NEAR(C(0, 0), T / w2, 1e-14);
  EXPECT_NEAR(C(0, 1), 0, 1e-14);
  EXPECT_NEAR(C(1, 1), T * (1 - w2 * dt * dt / 4), 1e-14);
}

// OBABO: velocities exact, <q^2> = T / (w^2 (1 - w^2 dt^2 / 4)), as velocity Verlet between exact thermostats has it.
TEST(Obabo, HasTheExactVelocitiesOfAHarmonicOscillator) {
  const auto scheme =
      one_step::make("obabo", process({"q", "v"}, {"v", "-2.25*q - 0.8*v"}, {{"0"}, {"0.6"}}));
  const double T = 0.36 / (2 * 0.8), dt = 0.9, w2 = 2.25;
  const auto C = invariant_covariance(*scheme, 2, dt);
  EXPECT_NEAR(C(1, 1), T, 1e-14);
  EXPECT_NEAR(C(0, 0), T / (w2 * (1 - w2 * dt * dt / 4)), 1e-14);
}

/// Largest error of the mean and the second moments at time 1 of a linear oscillator, by n steps: all moments are linear in the
/// step, so no noise is drawn. Exact by the step of an Ornstein-Uhlenbeck process.
double error(const std::string& name, int n) {
  const auto p = process({"q", "v"}, {"v", "-2.25*q - 0.8*v"}, {{"0"}, {"0.6"}});
  const auto moments = [&](const std::string& scheme_name, int steps) {
    const auto scheme = one_step::make(scheme_name, p);
    const double dt = 1.0 / steps;
    VectorXd m = Eigen::Vector2d(1.2, -0.4);
    MatrixXd C = MatrixXd::Zero(2, 2), A(2, 2);
    const auto column = [&](const std::vector<double>& x, const std::vector<double>& dW) {
      const auto after = one_step::step(*scheme, x, 0, dt, {dW});
      return VectorXd(Eigen::Vector2d(after[0], after[1]));
    };
    const std::size_t sources = scheme->draws().increments;
    A.col(0) = column({1, 0}, std::vector<double>(sources, 0.0));
    A.col(1) = column({0, 1}, std::vector<double>(sources, 0.0));
    MatrixXd noise = MatrixXd::Zero(2, 2);
    for (std::size_t k = 0; k < sources; ++k) {
      std::vector<double> dW(sources, 0.0);
      dW[k] = std::sqrt(dt);
      const VectorXd s = column({0, 0}, dW);
      noise += s * s.transpose();
    }
    for (int k = 0; k < steps; ++k) {
      m = (A * m).eval();
      C = (A * C * A.transpose() + noise).eval();
    }
    MatrixXd all(2, 3);
    all << m, C;
    return all;
  };
  return (moments(name, n) - moments("ornstein-uhlenbeck", 1)).cwiseAbs().maxCoeff();
}

TEST(LangevinSplitting, HasWeakOrder2) {
  for (const std::string name : {"baoab", "obabo"})
    EXPECT_NEAR(std::log2(error(name, 32) / error(name, 64)), 2, 0.03)
        << name;  // the next order of dt: 1/64 of a few
}

TEST(LangevinSplitting, RefusesWhatIsNotUnderdamped) {
  const std::vector<std::string> qv{"q", "v"};
  const auto why = [&](const std::vector<std::string>& drift,
                       const std::vector<std::vector<std::string>>& noise) {
    return underdamped_refusal(process(qv, drift, noise));
  };
  EXPECT_EQ(why({"v", "-q^3 - v"}, {{"0"}, {"1"}}), "");
  EXPECT_EQ(why({"0.25*v", "sin(t) - q^3 - 2*v"}, {{"0", "0"}, {"1", "0.5"}}), "");
  EXPECT_NE(why({"v", "-q - v"}, {{"0"}, {"1 + q^2"}}).find("not constant"), std::string::npos);
  EXPECT_NE(why({"v", "-q - v"}, {{"1"}, {"1"}}).find("every variable has noise"), std::string::npos);
  EXPECT_NE(why({"v", "-q - v"}, {{"0"}, {"0"}}).find("no variable has noise"), std::string::npos);
  EXPECT_NE(why({"v^2", "-q - v"}, {{"0"}, {"1"}}).find("the drift of q"), std::string::npos);
  EXPECT_NE(why({"v - q", "-q - v"}, {{"0"}, {"1"}}).find("does not vanish"), std::string::npos);
  EXPECT_NE(why({"q*v", "-q - v"}, {{"0"}, {"1"}}).find("the drift of q"), std::string::npos);
  EXPECT_NE(why({"v", "-q - v^3"}, {{"0"}, {"1"}}).find("the friction of v"), std::string::npos);
  EXPECT_NE(why({"v", "-q - (1 + q^2)*v"}, {{"0"}, {"1"}}).find("the friction of v"), std::string::npos);
}

// Two positions and two velocities in a mixed order, one heavier than the other, friction that couples the velocities.
TEST(Underdamped, FindsPositionsVelocitiesAndMasses) {
  const auto u =
      underdamped(process({"a", "p", "b", "r"}, {"p/4", "-a - 2*p + 0.5*r", "r", "a*b - 3*r + 0.1*p"},
                          {{"0", "0"}, {"1", "0.2"}, {"0", "0"}, {"0", "0.7"}}));
  EXPECT_EQ(u.positions, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(u.velocities, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(u.M, (Eigen::Matrix2d() << 0.25, 0, 0, 1).finished());
  EXPECT_EQ(u.Gamma, (Eigen::Matrix2d() << 2, -0.5, -0.1, 3).finished());
  EXPECT_EQ(u.sigma, (Eigen::Matrix2d() << 1, 0.2, 0, 0.7).finished());
  EXPECT_EQ(u.force[1].text(), "a*b");
}

}  // namespace
