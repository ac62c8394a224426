#include "model/affine.hpp"

#include <gtest/gtest.h>

#include <boost/numeric/odeint.hpp>

namespace fpk::model {
namespace {

Process process(const std::vector<std::string>& drift, const std::vector<std::vector<std::string>>& noise) {
  Process p;
  p.variables = {"x", "y"};
  const formula::Scope scope{{"x", "y", "t"}, {}, {}};
  for (const auto& b : drift) p.drift.push_back(formula::parse(b, scope));
  for (const auto& row : noise) {
    p.noise.emplace_back();
    for (const auto& s : row) p.noise.back().push_back(formula::parse(s, scope));
  }
  return p;
}

TEST(Affine, FindsTheCoefficientsOfAnAffineProcessAndNoOther) {
  const auto found = affine(process({"1 - x + 2*y", "-3*(x - y/2)"}, {{"0.8", "0.1"}, {"0", "0.5"}}));
  ASSERT_TRUE(found.has_value());
  Eigen::Matrix2d B, Q;
  B << -1, 2, -3, 1.5;
  Q << 0.65, 0.05, 0.05, 0.25;
  EXPECT_NEAR((found->B - B).norm(), 0, 1e-15);
  EXPECT_NEAR((found->noise - Q).norm(), 0, 1e-15);
  EXPECT_NEAR((found->c - Eigen::Vector2d(1, 0)).norm(), 0, 1e-15);
  EXPECT_FALSE(affine(process({"-x^3", "-y"}, {{"1", "0"}, {"0", "1"}})).has_value());
  EXPECT_FALSE(affine(process({"-x", "-y"}, {{"x", "0"}, {"0", "1"}})).has_value());
  EXPECT_FALSE(affine(process({"-x + sin(t)", "-y"}, {{"1", "0"}, {"0", "1"}})).has_value());
}

TEST(Affine, MomentsAreThoseOfTheirDifferentialEquations) {
  const auto found = *affine(process({"1 - x + 2*y", "-3*(x - y/5)"}, {{"0.8", "0.1"}, {"0", "0.5"}}));
  const Eigen::Vector2d mean(0.7, -0.3);
  Eigen::Matrix2d C;
  C << 0.2, 0.05, 0.05, 0.1;
  // m' = B m + c, C' = B C + C B^T + Q by odeint, an independent way: state (m, C by rows).
  using State = std::vector<double>;
  State s = {mean[0], mean[1], C(0, 0), C(0, 1), C(1, 0), C(1, 1)};
  const auto rhs = [&](const State& y, State& dydt, double) {
    const Eigen::Vector2d m(y[0], y[1]);
    Eigen::Matrix2d K;
    K << y[2], y[3], y[4], y[5];
    const Eigen::Vector2d dm = found.B * m + found.c;
    const Eigen::Matrix2d dK = found.B * K + K * found.B.transpose() + found.noise;
    dydt = {dm[0], dm[1], dK(0, 0), dK(0, 1), dK(1, 0), dK(1, 1)};
  };
  boost::numeric::odeint::integrate_adaptive(
      boost::numeric::odeint::make_controlled<boost::numeric::odeint::runge_kutta_dopri5<State>>(1e-13,
                                                                                                 1e-13),
      rhs, s, 0.0, 1.3, 1e-3);
  const auto law = gaussian_at(found, {"x", "y"}, mean, C, 1.3);
  EXPECT_NEAR(law.mean()[0], s[0], 1e-11);  // odeint's tolerance times its steps
  EXPECT_NEAR(law.mean()[1], s[1], 1e-11);
  EXPECT_NEAR(law.covariance()(0, 0), s[2], 1e-11);
  EXPECT_NEAR(law.covariance()(0, 1), s[3], 1e-11);
  EXPECT_NEAR(law.covariance()(1, 1), s[5], 1e-11);
  EXPECT_GT(std::abs(s[3]), 1e-3);  // an off-diagonal that asks something
}

}  // namespace
}  // namespace fpk::model
