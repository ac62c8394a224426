#include "sde/schemes/mala.hpp"

#include <gtest/gtest.h>

#include <array>
#include <numbers>
#include <numeric>

#include "tests/sde/one_step.hpp"
#include "tests/sde/torus_operator.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using one_step::asymmetric;

model::Process gradient(const std::vector<std::string>& variables, const std::string& potential, double D) {
  return model::overdamped_langevin(variables, formula::parse(potential, {variables, {}, {}}), D);
}

double L(double x, double y) { return std::pow(x * x - 1, 2) + y * y + 0.3 * x * y; }
std::array<double, 2> slope(double x, double y) { return {4 * x * (x * x - 1) + 0.3 * y, 2 * y + 0.3 * x}; }

// The probability from the densities themselves: exp(-L/D) and Gaussians of variance 2 D dt about where the drift leads.
TEST(Mala, AcceptsWithTheProbabilityOfMetropolisAndHastings) {
  constexpr double D = 0.25, dt = 0.11;
  const auto scheme = one_step::make("mala", gradient({"x", "y"}, "(x^2 - 1)^2 + y^2 + 0.3*x*y", D));
  ASSERT_TRUE(scheme->has_decision());
  one_step::Stepper proposer(*scheme, 2), stepper(*scheme, 2);
  for (std::size_t i = 0; i < formula::block_width; ++i)
    for (auto* s : {&proposer, &stepper})
      s->set(i, {1.2 * asymmetric(i, 0), asymmetric(i, 1)},
             {{0.4 * asymmetric(i, 2), 0.4 * asymmetric(i, 3)}, {}, {0.5 + 0.4 * asymmetric(i, 4)}});
  std::array<double, formula::block_width> acceptance{};
  proposer.propose(0, dt, acceptance.data());
  stepper.step(0, dt);
  int accepted = 0, refused = 0;
  for (std::size_t i = 0; i < formula::block_width; ++i) {
    const double x = 1.2 * asymmetric(i, 0), y = asymmetric(i, 1), s = std::sqrt(2 * D);
    const auto g = slope(x, y);
    const double X = x - g[0] * dt + s * 0.4 * asymmetric(i, 2),
                 Y = y - g[1] * dt + s * 0.4 * asymmetric(i, 3);
    const auto G = slope(X, Y);
    const auto q = [&](double u, double v) { return -(u * u + v * v) / (4 * D * dt); };
    const double log_ratio = (L(x, y) - L(X, Y)) / D + q(x - X + G[0] * dt, y - Y + G[1] * dt) -
                             q(X - x + g[0] * dt, Y - y + g[1] * dt);
    const double probability = std::min(1.0, std::exp(log_ratio));
    EXPECT_NEAR(proposer.at(i)[0], X, 1e-14);
    EXPECT_NEAR(proposer.at(i)[1], Y, 1e-14);
    EXPECT_NEAR(acceptance[i], probability, 1e-12);  // round-off of exponents of size 100
    const bool goes = 0.5 + 0.4 * asymmetric(i, 4) < probability;
    EXPECT_NEAR(stepper.at(i)[0], goes ? X : x, 1e-14);
    EXPECT_NEAR(stepper.at(i)[1], goes ? Y : y, 1e-14);
    ++(goes ? accepted : refused);
  }
  EXPECT_GT(accepted, 20);
  EXPECT_GT(refused, 20);
}

/// |pi P - pi| in L1 for pi = exp(-L/D) on the points of a circle, where the proposal's increments have the variance dt times
/// `share`: from each point to each other, the increment that leads there with its Gaussian density, and the decision.
double lack_of_invariance(const model::Process& p, double dt, double share) {
  const auto scheme = one_step::make("mala", p);
  const double D = p.reversible->temperature;
  constexpr int n = 256;
  constexpr double h = 2 * std::numbers::pi / n;
  const formula::Program coefficients(std::vector<formula::Formula>{p.reversible->potential, p.drift[0]},
                                      {"x"});
  std::vector<double> pi, drift;
  for (int i = 0; i < n; ++i) {
    const auto values = coefficients(std::vector<double>{i * h});
    pi.push_back(std::exp(-values[0] / D)), drift.push_back(values[1]);
  }
  const double total = std::accumulate(pi.begin(), pi.end(), 0.0);
  std::vector<double> gain(n, 0.0);
  one_step::Stepper stepper(*scheme, 1);
  std::array<double, formula::block_width> acceptance{};
  for (int shift = -n; shift < n; ++shift) {  // twice around is as good as never
    std::vector<double> dW;
    for (std::size_t i = 0; i < n; ++i) {
      dW.push_back((shift * h - drift[i] * dt) / std::sqrt(2 * D));
      stepper.set(i, {static_cast<double>(i) * h}, {{dW[i]}, {}, {0.5}});
    }
    stepper.propose(0, dt, acceptance.data());
    for (std::size_t i = 0; i < n; ++i) {
      const double density =
          std::exp(-dW[i] * dW[i] / (2 * dt * share)) / std::sqrt(4 * std::numbers::pi * D * dt * share);
      const double flow = pi[i] / total * density * h * acceptance[i];
      gain[(i + static_cast<std::size_t>(shift + n)) % n] += flow;
      gain[i] -= flow;
    }
  }
  return std::accumulate(gain.begin(), gain.end(), 0.0,
                         [](double sum, double g) { return sum + std::abs(g); });
}

// Detailed balance holds pair by pair of cells, so even this sum is exact: what flows from i to j flows back.
TEST(Mala, KeepsTheGibbsLawInvariantAtALargeStep) {
  const auto p = gradient({"x"}, "0.6*cos(x) + 0.2*sin(2*x)", 0.25);
  EXPECT_LT(lack_of_invariance(p, 0.3, 1), 1e-12);  // round-off of 131072 terms
}

// A proposal with less noise than the decision takes it to have is caught by the same sum.
TEST(Mala, LosesTheGibbsLawWithAnotherNoise) {
  const auto p = gradient({"x"}, "0.6*cos(x) + 0.2*sin(2*x)", 0.25);
  EXPECT_GT(lack_of_invariance(p, 0.3, 0.8), 1e-3);
}

TEST(Mala, StaysWhereTheProposalHasNoPotential) {
  const auto scheme = one_step::make("mala", gradient({"x"}, "x - log(x)", 0.5));  // on x > 0 alone
  EXPECT_EQ(one_step::step(*scheme, {0.5}, 0, 0.1, {{-2}, {}, {0.001}})[0], 0.5);
  EXPECT_NE(one_step::step(*scheme, {0.5}, 0, 0.1, {{0.2}, {}, {0.001}})[0], 0.5);
}

TEST(Mala, StaysWhereEulerAndMaruyamaWouldRunAway) {
  const auto scheme = one_step::make("mala", gradient({"x"}, "x^4", 0.5));
  EXPECT_EQ(one_step::step(*scheme, {20}, 0, 0.1, {{0.1}, {}, {1e-9}})[0], 20);
}

TEST(Mala, RefusesAProcessWithoutAPotential) {
  EXPECT_NE(mala_refusal(problems::process({"x"}, {"-x"}, {{"1"}})), "");
  EXPECT_NE(mala_refusal(model::rotating_langevin(
                {"x", "y"}, formula::parse("x^2 + y^2", {{"x", "y"}, {}, {}}), 1, {{0, 1}, {-1, 0}})),
            "");
}

}  // namespace
