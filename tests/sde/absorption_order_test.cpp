// Weak order of absorbed Euler paths, without a random number: the survival u_n(x) = E[u_{n+1}(X^x); not absorbed] of a
// process between two absorbing walls,
//
//     u_n(x_i) = sum_j w_j phi(x_j; x_i + b(x_i) dt, sigma(x_i)^2 dt) (1 - p_lower) (1 - p_upper) u_{n+1}(x_j),
//
// on Gauss and Legendre's nodes (Nystroem's method), p the probability of a crossing meanwhile. The ensemble is then set beside
// the very numbers.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <numbers>
#include <vector>

#include "law/exact/point.hpp"
#include "sde/bridge.hpp"
#include "sde/coupled_ensemble.hpp"
#include "sde/ensemble.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using sde::Absorption;

constexpr double start = 0.35, end = 0.25;

double drift(double x) { return 0.8 - 2 * x; }
double noise(double x) { return 0.5 + 0.4 * x; }

struct Nodes {
  Eigen::VectorXd x, w;  ///< on (0, 1)
};

/// Eigenvalues of Jacobi's matrix. (Golub, Welsch 1969)
Nodes gauss_legendre(int n) {
  Eigen::MatrixXd jacobi = Eigen::MatrixXd::Zero(n, n);
  for (int k = 1; k < n; ++k) jacobi(k, k - 1) = jacobi(k - 1, k) = k / std::sqrt(4.0 * k * k - 1);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(jacobi);
  return {(solver.eigenvalues().array() + 1) / 2, solver.eigenvectors().row(0).array().square()};
}

double transition(double x, double y, double dt, Absorption absorption) {
  const double v = noise(x) * noise(x) * dt, z = y - x - drift(x) * dt;
  const double density = std::exp(-z * z / (2 * v)) / std::sqrt(2 * std::numbers::pi * v);
  if (absorption == Absorption::end_of_step) return density;
  return density * (1 - sde::crossing_probability(x, y, v)) *
         (1 - sde::crossing_probability(1 - x, 1 - y, v));
}

/// P(not absorbed by `end`) of Euler paths from `start`. 240 nodes: their spacing, 0.0065, is below half the standard
/// deviation of the shortest step, 1/1024, so that the quadrature errs below 1e-10.
double survival(int steps, Absorption absorption) {
  static const Nodes nodes = gauss_legendre(240);
  const int n = static_cast<int>(nodes.x.size());
  const double dt = end / steps;
  Eigen::MatrixXd P(n + 1, n);
  for (int i = 0; i <= n; ++i)
    for (int j = 0; j < n; ++j)
      P(i, j) = nodes.w(j) * transition(i < n ? nodes.x(i) : start, nodes.x(j), dt, absorption);
  Eigen::VectorXd u = Eigen::VectorXd::Ones(n);
  for (int k = 1; k < steps; ++k) u = (P.topRows(n) * u).eval();
  return P.row(n).dot(u);
}

/// As the step goes to 0: the bridge's ladder, extrapolated by its order. What is left is below 1e-5.
double exact_survival() {
  static const double S = 2 * survival(256, Absorption::bridge) - survival(128, Absorption::bridge);
  return S;
}

double error(int steps, Absorption absorption) {
  return std::abs(survival(steps, absorption) - exact_survival());
}

double order_at(int steps, Absorption absorption) {
  return std::log2(error(steps, absorption) / error(2 * steps, absorption));
}

double promised(Absorption absorption) {
  return sde::weak_order_of(absorption, sde::NoiseKind::normal, box({"x"}, 0, 1, model::Boundary::absorbing));
}

// The next term is of relative size sqrt(dt): 3 % at these steps for the bridge, 13 % at the end of a step.
TEST(AbsorbedEuler, HasWeakOrderOneByTheBridge) {
  EXPECT_NEAR(order_at(32, Absorption::bridge), promised(Absorption::bridge), 0.06);
}

TEST(AbsorbedEuler, HasWeakOrderOneHalfAtTheEndOfAStep) {
  EXPECT_NEAR(order_at(128, Absorption::end_of_step), promised(Absorption::end_of_step), 0.08);
}

TEST(AbsorbedEuler, IsTenTimesNearerByTheBridge) {
  EXPECT_LT(error(128, Absorption::bridge), 0.1 * error(128, Absorption::end_of_step));
}

sde::EnsembleSettings settings(Absorption absorption, int steps, std::int64_t count) {
  sde::EnsembleSettings s{count, "euler-maruyama", end / steps, 51};
  s.absorption = absorption;
  return s;
}

const auto& euler_problem() {
  static const auto p = process({"x"}, {"0.8 - 2*x"}, {{"0.5 + 0.4*x"}});
  return p;
}

TEST(AbsorbedEuler, IsWhatTheEnsembleDoes) {
  constexpr std::int64_t count = 400'000;
  for (const auto absorption : sde::absorptions())
    for (const int steps : {4, 16}) {
      sde::Ensemble ensemble(euler_problem(), box({"x"}, 0, 1, model::Boundary::absorbing),
                             law::PointMass({"x"}, {start}), settings(absorption, steps, count),
                             parallel::Communicator::self());
      ensemble.advance(end);
      const double S = survival(steps, absorption);
      EXPECT_NEAR(ensemble.sample().total_mass(), S, allowed * std::sqrt(S * (1 - S) / count)) << steps;
    }
}

sde::CoupledDifference pairs(Absorption absorption, int steps) {
  return sde::coupled_difference(euler_problem(), box({"x"}, 0, 1, model::Boundary::absorbing),
                                 law::PointMass({"x"}, {start}), settings(absorption, steps, 200'000), end,
                                 observable("1", {"x"}), 3, parallel::Communicator::self());
}

// The coarse path is looked at on both halves of its step, and survives with the probability of the whole. (Giles's
// telescoping sum needs that.)
TEST(CoupledAbsorption, KeepsTheLawOfBothPaths) {
  const auto d = pairs(Absorption::bridge, 8);
  EXPECT_NEAR(d.coarse.value, survival(8, Absorption::bridge), allowed * d.coarse.standard_error);
  EXPECT_NEAR(d.fine.value, survival(16, Absorption::bridge), allowed * d.fine.standard_error);
  EXPECT_NEAR(d.difference.value, survival(8, Absorption::bridge) - survival(16, Absorption::bridge),
              allowed * d.difference.standard_error);
}

// Pairs part where the paths do, in a share that falls like the distance between them; at the end of a step they part in a
// larger share, that of the excursions missed. Variances: order 1/2, the strong one, beside 1/4.
TEST(CoupledAbsorption, PartsInFewerPairsThanAtTheEndOfAStep) {
  const auto variance = [](Absorption absorption, int steps) {
    const double s = pairs(absorption, steps).difference.standard_error;
    return s * s;
  };
  const double bridge = variance(Absorption::bridge, 128), ends = variance(Absorption::end_of_step, 128);
  EXPECT_LT(bridge, 0.5 * ends);
  EXPECT_GT(variance(Absorption::bridge, 8) / bridge, 0.8 * std::sqrt(128.0 / 8));
}

}  // namespace
