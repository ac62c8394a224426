// Linear equations, where Euler-Maruyama at a finite step is itself a Gaussian law in closed form:
//
//     X_{n+1} = (I + A dt) X_n + S dW_n:    mean -> M mean,    C -> M C M^T + S S^T dt,    M = I + A dt.
//
// The particles are compared with that law, not with the law at dt = 0, so no bias need be allowed for.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <cmath>
#include <vector>

#include "law/exact/gaussian.hpp"
#include "sde/ensemble.hpp"
#include "tests/sde/problems.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde::problems;
using Eigen::Matrix2d;
using Eigen::Vector2d;

const Matrix2d A =
    (Matrix2d() << -1, 2, -1.5, -0.7).finished();  // rotates and contracts, without any symmetry
const Matrix2d S = (Matrix2d() << 0.5, 0.2, 0, 0.4).finished();  // noise with a correlation
const Vector2d start_mean(1.2, -0.4);
const Matrix2d start_covariance = (Matrix2d() << 0.30, 0.12, 0.12, 0.20).finished();
constexpr double step = 0.05, end = 0.8;
constexpr int steps = 16;
constexpr std::int64_t count = 1'000'000;

struct Moments {
  Vector2d mean;
  Matrix2d covariance;
};

Moments closed_form() {
  Moments at{start_mean, start_covariance};
  const Matrix2d M = Matrix2d::Identity() + A * step;
  for (int n = 0; n < steps; ++n) {
    at.mean = M * at.mean;
    at.covariance = M * at.covariance * M.transpose() + S * S.transpose() * step;
  }
  return at;
}

/// The five moments of an ensemble, each less its closed form, in standard errors of a Gaussian sample.
std::vector<double> deviations(const std::vector<std::string>& drift,
                               const std::vector<std::vector<std::string>>& noise) {
  const std::vector<std::string> xy = {"x", "y"};
  sde::Ensemble ensemble(process(xy, drift, noise), box(xy, -50, 50),
                         law::Gaussian(xy, start_mean, start_covariance), {count, "euler-maruyama", step, 31},
                         parallel::Communicator::self());
  ensemble.advance(end);
  const auto [mean, C] = closed_form();
  const auto about = [&](int i) {
    return "(" + xy.at(static_cast<std::size_t>(i)) + " - (" + std::to_string(mean[i]) + "))";
  };
  std::vector<law::Observable> asked;
  std::vector<double> expected, standard_error;
  const double n = static_cast<double>(count);
  for (int i = 0; i < 2; ++i) {
    asked.push_back(observable(xy.at(static_cast<std::size_t>(i)), xy));
    expected.push_back(mean[i]);
    standard_error.push_back(std::sqrt(C(i, i) / n));
    for (int j = i; j < 2; ++j) {  // centred at a mean rounded to six places: an error of 1e-12
      asked.push_back(observable(about(i) + "*" + about(j), xy));
      expected.push_back(C(i, j));
      standard_error.push_back(std::sqrt((C(i, i) * C(j, j) + C(i, j) * C(i, j)) / n));
    }
  }
  const auto found = ensemble.sample().expectations(asked);
  std::vector<double> z;
  for (std::size_t k = 0; k < found.size(); ++k)
    z.push_back((found[k].value - expected[k]) / standard_error[k]);
  return z;
}

double worst(const std::vector<double>& z) {
  double w = 0;
  for (const double value : z) w = std::max(w, std::abs(value));
  return w;
}

TEST(RotatingOrnsteinUhlenbeckParticles, HaveAllMomentsOfTheirFiniteStep) {
  const auto z = deviations({"-x + 2*y", "-1.5*x - 0.7*y"}, {{"0.5", "0.2"}, {"0", "0.4"}});
  EXPECT_EQ(z.size(), 5U);
  EXPECT_LT(worst(z), allowed);
}

// The same statistic on schemes that are wrong in one place each.
TEST(RotatingOrnsteinUhlenbeckParticles, AreToldFromAWrongScheme) {
  const std::vector<std::vector<std::string>> noise = {{"0.5", "0.2"}, {"0", "0.4"}};
  // The factor of two between a and sigma sigma^T forgotten.
  EXPECT_GT(worst(deviations({"-x + 2*y", "-1.5*x - 0.7*y"},
                             {{"0.5/sqrt(2)", "0.2/sqrt(2)"}, {"0", "0.4/sqrt(2)"}})),
            20);
  // One drift's sign.
  EXPECT_GT(worst(deviations({"-x + 2*y", "-1.5*x + 0.7*y"}, noise)), 20);
  // The rotation's sense: mirror symmetric tests would let it pass.
  EXPECT_GT(worst(deviations({"-x - 2*y", "1.5*x - 0.7*y"}, noise)), 20);
  // The noise matrix transposed.
  EXPECT_GT(worst(deviations({"-x + 2*y", "-1.5*x - 0.7*y"}, {{"0.5", "0"}, {"0.2", "0.4"}})), 20);
  // The step one per cent too long.
  EXPECT_GT(worst(deviations({"1.01*(-x + 2*y)", "1.01*(-1.5*x - 0.7*y)"}, noise)), allowed);
}

// Stationary variance of Euler-Maruyama at rate k: D / (k (1 - k dt / 2)), not D / k.
TEST(OrnsteinUhlenbeckParticles, HaveTheInvariantVarianceOfTheirStep) {
  constexpr double k = 2, D = 0.5, dt = 0.2;
  sde::Ensemble ensemble(
      process({"x"}, {"-2*x"}, {{"1"}}), box({"x"}, -50, 50),
      law::Gaussian({"x"}, Eigen::VectorXd::Constant(1, 0.3), Eigen::MatrixXd::Identity(1, 1)),
      {count, "euler-maruyama", dt, 32}, parallel::Communicator::self());
  ensemble.advance(10);  // what is left of the start: (1 - k dt)^100 = 1e-22
  const auto square = ensemble.sample().expectations({observable("x^2", {"x"})}).front();
  const double of_step = D / (k * (1 - k * dt / 2));
  EXPECT_NEAR(square.value, of_step, allowed * of_step * std::sqrt(2.0 / count));
  EXPECT_GT(std::abs(square.value - D / k), 20 * square.standard_error);
}

// dX = X dW, Ito: Euler-Maruyama has E X_n = x_0 and E X_n^2 = x_0^2 (1 + dt)^n; read as Stratonovich the
// mean would grow.
TEST(GeometricBrownianParticles, KeepTheirMeanAsItoDoes) {
  constexpr double dt = 1.0 / 64;
  sde::Ensemble ensemble(
      process({"x"}, {"0"}, {{"x"}}), box({"x"}, -1e4, 1e4),
      law::Gaussian({"x"}, Eigen::VectorXd::Constant(1, 1.0), Eigen::MatrixXd::Identity(1, 1) * 0.01),
      {count, "euler-maruyama", dt, 33}, parallel::Communicator::self());
  ensemble.advance(0.5);
  const auto found = ensemble.sample().expectations({observable("x", {"x"}), observable("x^2", {"x"})});
  EXPECT_NEAR(found[0].value, 1, allowed * found[0].standard_error);
  EXPECT_NEAR(found[1].value, 1.01 * std::pow(1 + dt, 32), allowed * found[1].standard_error);
  EXPECT_LT(found[0].standard_error, 1e-3);  // Stratonovich: exp(1/4), a thousand standard errors off
}

}  // namespace
