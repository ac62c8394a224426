// Moments of affine processes whose coefficients move, against closed forms.
#include "model/moments_in_time.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "model/affine.hpp"

namespace fpk::model {
namespace {

Formula parse(const std::string& text) { return formula::parse(text, {{"x", "y", "t"}, {}, {}}); }

TEST(AffineInTime, AnnealedVarianceIsTheIntegralInClosedForm) {
  // L = k x^2 / 2, D(t) = D0 exp(-c t): V' = -2 k V + 2 D(t), so
  // V = V0 e^{-2kt} + 2 D0 (e^{-ct} - e^{-2kt}) / (2k - c).
  const double k = 1.3, D0 = 0.7, c = 0.9, V0 = 0.09, m0 = -0.8, t = 1.7;
  const auto process = annealed_langevin({"x"}, parse("0.65*x^2"), parse("0.7*exp(-0.9*t)"));
  const auto moments = AffineInTime::of(process);
  ASSERT_TRUE(moments.has_value());
  const auto law = moments->law_at(t, Eigen::VectorXd::Constant(1, m0), Eigen::MatrixXd::Constant(1, 1, V0));
  const double V =
      V0 * std::exp(-2 * k * t) + 2 * D0 * (std::exp(-c * t) - std::exp(-2 * k * t)) / (2 * k - c);
  EXPECT_NEAR(law.mean()[0], m0 * std::exp(-k * t), 1e-11);
  EXPECT_NEAR(law.covariance()(0, 0), V, 1e-11);
}

TEST(AffineInTime, PeriodicallyForcedMeanIsItsResponse) {
  // m' = -k m + A sin(w t) from m0: m = (m0 + A w / (k^2 + w^2)) e^{-kt} + A (k sin wt - w cos wt) / (k^2 + w^2).
  const double k = 0.8, A = 1.5, w = 3, m0 = 0.4, t = 2.3, s = k * k + w * w;
  Process p;
  p.variables = {"x"};
  p.drift = {parse("-0.8*x + 1.5*sin(3*t)")};
  p.noise = {{parse("0.5")}};
  const auto law =
      AffineInTime::of(p)->law_at(t, Eigen::VectorXd::Constant(1, m0), Eigen::MatrixXd::Constant(1, 1, 0.04));
  EXPECT_NEAR(law.mean()[0],
              (m0 + A * w / s) * std::exp(-k * t) + A * (k * std::sin(w * t) - w * std::cos(w * t)) / s,
              1e-11);
}

TEST(AffineInTime, AgreesWithTheMatrixExponentialWhereNothingMoves) {
  Process p;
  p.variables = {"x", "y"};
  p.drift = {parse("1 - x + 2*y"), parse("-3*x - 0.5*y")};
  p.noise = {{parse("0.8"), parse("0.3")}, {parse("0"), parse("0.5")}};
  const Eigen::Vector2d mean(1.2, -0.4);
  const Eigen::MatrixXd covariance = (Eigen::Matrix2d() << 0.09, 0.02, 0.02, 0.06).finished();
  const auto moved = AffineInTime::of(p)->law_at(0.9, mean, covariance);
  const auto exact = gaussian_at(*affine(p), p.variables, mean, covariance, 0.9);
  EXPECT_LT((moved.mean() - exact.mean()).cwiseAbs().maxCoeff(), 1e-11);
  EXPECT_LT((moved.covariance() - exact.covariance()).cwiseAbs().maxCoeff(), 1e-11);
}

TEST(AffineInTime, IsNoneOfDriftsThatBendOrNoiseThatVariesInSpace) {
  EXPECT_FALSE(AffineInTime::of(annealed_langevin({"x"}, parse("x^4"), parse("1 + t"))).has_value());
  Process p;
  p.variables = {"x"};
  p.drift = {parse("-x")};
  p.noise = {{parse("1 + x")}};
  EXPECT_FALSE(AffineInTime::of(p).has_value());
}

}  // namespace
}  // namespace fpk::model
