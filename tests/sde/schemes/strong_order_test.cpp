// Strong orders without sampling noise, on two equations whose solution on the same Brownian path is known:
//
//     dX = a X dt + s X dW        X_{n+1} = X_n E(dW),  E = exp((a - s^2/2) dt + s dW),  and for the scheme  X_n A(dW):
//                                 E (X^scheme - X)^2 = (E A^2)^N - 2 (E A E)^N + (E E^2)^N,  each by quadrature over one step
//     dX = -k X dt + s dW         (X, X^scheme) is Gaussian, its covariance a recursion with E dW int exp(-k(dt-u)) dW_u known
#include <gtest/gtest.h>

#include "sde/schemes/compiled_step.hpp"
#include "tests/sde/torus_operator.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using problems::process;

/// Root mean square error at T = 1 on geometric Brownian motion.
double geometric_error(const Scheme& scheme, int steps) {
  constexpr double a = 0.3, s = 0.7;
  const double dt = 1.0 / steps;
  double AA = 0, AE = 0, EE = 0;
  for (const auto& [numbers, probability] :
       torus::choices(scheme.draws(), torus::nodes(NoiseKind::normal, 24), dt)) {
    const double A = one_step::step(scheme, {1}, 0, dt, numbers)[0];
    const double E = std::exp((a - s * s / 2) * dt + s * numbers.dW[0]);
    AA += probability * A * A, AE += probability * A * E, EE += probability * E * E;
  }
  return std::sqrt(std::pow(AA, steps) - 2 * std::pow(AE, steps) + std::pow(EE, steps));
}

/// The same on an Ornstein-Uhlenbeck process; the step is affine, X_{n+1} = A X_n + c dW.
double additive_error(const Scheme& scheme, int steps) {
  constexpr double k = 1.3, s = 0.7, x = 1.1;
  const double dt = 1.0 / steps, F = std::exp(-k * dt);
  const std::size_t n = scheme.draws().increments;
  EXPECT_EQ(n, 1U);
  const double A = one_step::step(scheme, {1}, 0, dt, {{0}})[0],
               c = one_step::step(scheme, {0}, 0, dt, {{1}})[0];
  double mean = x, exact_mean = x, variance = 0, covariance = 0, exact_variance = 0;
  for (int j = 0; j < steps; ++j) {
    mean *= A, exact_mean *= F;
    variance = A * A * variance + c * c * dt;
    covariance = A * F * covariance + c * s * (1 - F) / k;
    exact_variance = F * F * exact_variance + s * s * (1 - F * F) / (2 * k);
  }
  return std::sqrt(std::pow(mean - exact_mean, 2) + variance - 2 * covariance + exact_variance);
}

template <class Error>
double order(const Scheme& scheme, Error error) {
  return std::log2(error(scheme, 64) / error(scheme, 128));
}

const model::Process& geometric() {
  static const auto p = process({"x"}, {"0.3*x"}, {{"0.7*x"}});
  return p;
}

// One source commutes with itself, so a scheme may do better than its order for noise of any kind.
TEST(StrongOrder, IsAtLeastThatOfTheTableForMultiplicativeNoise) {
  int checked = 0;
  for (const auto& row : schemes()) {
    if (!row.refusal(geometric()).empty() || row.name == "tamed-euler")
      continue;  // its step is not linear in x
    const auto scheme = row.make(geometric());
    EXPECT_GT(order(*scheme, geometric_error), strong_order(row, geometric()) - 0.05)
        << row.name;  // T / 128 off the limit
    ++checked;
  }
  EXPECT_GE(checked, 6);
}

TEST(StrongOrder, TellsMilsteinFromEulerAndMaruyama) {
  EXPECT_NEAR(order(*one_step::make("euler-maruyama", geometric()), geometric_error), 0.5, 0.05);
  EXPECT_NEAR(order(*one_step::make("milstein", geometric()), geometric_error), 1, 0.05);
}

TEST(StrongOrder, IsThatOfTheTableForAdditiveNoise) {
  const auto p = process({"x"}, {"-1.3*x"}, {{"0.7"}});
  int checked = 0;
  for (const auto& row : schemes()) {
    if (!row.refusal(p).empty() || row.name == "tamed-euler") continue;
    EXPECT_NEAR(order(*row.make(p), additive_error), strong_order(row, p), 0.05) << row.name;
    ++checked;
  }
  EXPECT_GE(checked, 8);
}

}  // namespace
