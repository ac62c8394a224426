// Quadrature rules of any number of nodes, and initial laws as sums over them.
#include "law/gauss.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "law/exact/gaussian.hpp"
#include "law/exact/point.hpp"
#include "law/exact/tabulated.hpp"
#include "law/exact/uniform.hpp"
#include "law/initial_nodes.hpp"

namespace {

using namespace fpk;

TEST(Gauss, LegendreIntegratesPowersUpToTwiceItsNodesLessOne) {
  for (std::size_t n : {1U, 2U, 7U, 20U}) {
    const auto rule = law::gauss_legendre(n);
    for (std::size_t k = 0; k < 2 * n; ++k) {
      double mean = 0;
      for (const auto& [x, w] : rule) mean += w * std::pow(x, static_cast<double>(k));
      EXPECT_NEAR(mean, 1 / static_cast<double>(k + 1), 1e-14) << n << " nodes, power " << k;
    }
  }
  double beyond = 0;  // one power more is too much: (n!)^4 / ((2n+1) (2n)!^2) = 1/180 for n = 2
  for (const auto& [x, w] : law::gauss_legendre(2)) beyond += w * std::pow(x, 4);
  EXPECT_NEAR(0.2 - beyond, 1.0 / 180, 1e-14);
}

TEST(Gauss, HermiteHasTheMomentsOfANormalNumber) {
  for (std::size_t n : {1U, 3U, 8U, 20U}) {
    double moment = 1;  // (2j - 1)!!
    for (std::size_t j = 0; j < n; ++j) {
      double even = 0, odd = 0;
      for (const auto& [x, w] : law::gauss_hermite(n)) {
        even += w * std::pow(x, static_cast<double>(2 * j));
        odd += w * std::pow(x, static_cast<double>(2 * j + 1));
      }
      EXPECT_NEAR(even / moment, 1, 1e-12) << n << " nodes, power " << 2 * j;
      EXPECT_NEAR(odd / moment, 0, 1e-11);  // cancels terms as large as the even moment
      moment *= static_cast<double>(2 * j + 1);
    }
  }
}

double mean(const law::InitialLaw& law, const std::function<double(const law::Point&)>& f) {
  double sum = 0;
  for (const auto& [x, weight] : law::initial_nodes(law)) sum += weight * f(x);
  return sum;
}

TEST(InitialNodes, CarryTheGaussianLawWithItsCorrelation) {
  Eigen::Matrix2d C;
  C << 0.5, 0.2, 0.2, 0.3;
  const law::Gaussian law({"x", "y"}, Eigen::Vector2d(0.7, -0.4), C);
  EXPECT_NEAR(mean(law, [](auto& x) { return x[0] * x[1]; }), 0.2 - 0.28, 1e-13);
  // E exp(s.X) = exp(s.m + s.C s / 2), s = (1, -1/2)
  EXPECT_NEAR(mean(law, [](auto& x) { return std::exp(x[0] - 0.5 * x[1]); }),
              std::exp(0.9 + 0.5 * (0.5 - 0.2 + 0.075)), 1e-12);
}

TEST(InitialNodes, CarryTheGaussianLawBetweenWalls) {
  // N(0, 1) between -1 and infinity: mean phi(1) / Phi(1).
  const law::Gaussian law =
      law::Gaussian::truncated({"x"}, Eigen::VectorXd::Constant(1, 0.0), Eigen::VectorXd::Constant(1, 1.0),
                               Eigen::VectorXd::Constant(1, -1.0), Eigen::VectorXd::Constant(1, 50.0));
  EXPECT_NEAR(mean(law, [](auto& x) { return x[0]; }), 0.24197072451914337 / 0.8413447460685429, 1e-13);
}

TEST(InitialNodes, CarryPointsBoxesAndTables) {
  EXPECT_EQ(mean(law::PointMass({"x", "y"}, {0.3, -2}), [](auto& x) { return x[0] * x[1]; }), -0.6);
  EXPECT_NEAR(mean(law::Uniform({"x", "y"}, {0, 1}, {1, 3}), [](auto& x) { return x[0] * x[0] * x[1]; }),
              2.0 / 3, 6e-14);  // the rounding of a sum of a few hundred products
  const law::Tabulated table({"x"}, formula::parse("x", {{"x"}, {}, {}}),
                             law::Grid({law::Axis("x", 0, 2, 2)}));  // masses 1/4 and 3/4
  EXPECT_NEAR(mean(table, [](auto& x) { return x[0]; }), 0.25 * 0.5 + 0.75 * 1.5, 1e-14);
}

}  // namespace
