// Tests of normality: their null distributions against published values and by simulation, and their power.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/verification/gaussianity/drawn.hpp"
#include "verification/gaussianity/anderson_darling.hpp"
#include "verification/gaussianity/mardia.hpp"

namespace fpk::verification {
namespace {

using namespace testing;

TEST(Kolmogorov, ReproducesThePublishedCriticalValues) {
  // Miller 1956, table 1, two-sided: d that D_n exceeds with probability alpha. The approximation is said to be right to 3e-3 in
  // probability at n = 10 and to 3e-4 at n = 100.
  struct Row {
    std::size_t n;
    double alpha, d, allowed;
  };
  for (const Row& row :
       {Row{10, 0.05, 0.40925, 3e-3}, Row{10, 0.01, 0.48893, 3e-3}, Row{20, 0.05, 0.29408, 1.5e-3},
        Row{40, 0.05, 0.21012, 8e-4}, Row{100, 0.05, 0.13403, 3e-4}}) {
    EXPECT_NEAR(kolmogorov_survival(row.d, row.n), row.alpha, row.allowed) << row.n;
    // The error in probability over the slope, which is -0.6 or steeper times the root of n.
    EXPECT_NEAR(kolmogorov_critical(row.alpha, row.n), row.d, 0.05 / static_cast<double>(row.n)) << row.n;
  }
  // The limit: Smirnov 1948, 1.3581 and 1.6276 at 5 and 1 %.
  EXPECT_NEAR(1e4 * kolmogorov_critical(0.05, 100'000'000), 1.3581, 1e-4);
  EXPECT_NEAR(1e4 * kolmogorov_critical(0.01, 100'000'000), 1.6276, 1e-4);
}

TEST(Kolmogorov, DistanceCountsBothSidesOfEachStep) {
  // F_2 jumps at -1 and 1, Phi(1) = 0.841: 0.5 - Phi(-1) = Phi(1) - 0.5 = 0.3413.
  const std::vector<double> z{-1, 1};
  EXPECT_NEAR(kolmogorov_distance(z), normal_cdf(1) - 0.5, 1e-15);
  EXPECT_NEAR(kolmogorov_distance(std::vector<double>{3.0}), normal_cdf(3), 1e-15);  // below the only step
  EXPECT_NEAR(kolmogorov_distance(std::vector<double>{-3.0}), normal_cdf(3), 1e-15);
}

/// The limit law by the series of Anderson and Darling 1952, theirs and not Smirnov's:
/// F(x) = sqrt(2 pi)/x sum_j binomial(-1/2, j) (4 j + 1) exp(-a_j) int_0^inf exp(x/(8 (w^2 + 1)) - a_j w^2) dw, a_j = (4 j + 1)^2 pi^2/(8 x).
double series_survival(double x) {
  double sum = 0, binomial = 1;
  for (int j = 0; j < 20; ++j) {
    if (j > 0) binomial *= (0.5 - j) / j;
    const double a = std::pow((4 * j + 1) * M_PI, 2) / (8 * x), h = 12 / std::sqrt(2 * a) / 2000;
    double integral = std::exp(x / 8) / 2;
    for (int k = 1; k <= 2000; ++k) integral += std::exp(x / (8 * (k * h * k * h + 1)) - a * k * h * k * h);
    sum += binomial * (4 * j + 1) * std::exp(-a) * integral * h;
  }
  return 1 - std::sqrt(2 * M_PI) / x * sum;
}

TEST(AndersonDarling, ReproducesThePublishedCriticalValues) {
  // 1.933 and 2.492 of Anderson, Darling 1954 with more digits; their 3.857 at 1 % is 3.878 by their own series, below.
  for (const auto& [x, alpha] : {std::pair{1.932958, 0.10}, {2.492367, 0.05}, {3.878125, 0.01}})
    EXPECT_NEAR(anderson_darling_survival(x), alpha, 1.3e-6 * alpha + 1e-9)
        << x;  // d ln P/dx = -1.2, dx = 5e-7, twice
}

TEST(AndersonDarling, BySmirnovsFormulaIsBySeries) {
  for (const double x : {0.1, 0.3, 0.7, 1.5, 2.492367, 4.0, 8.0})
    EXPECT_NEAR(anderson_darling_survival(x), series_survival(x), 1e-11)
        << x;  // the series leaves P as 1 - F
}

TEST(AndersonDarling, LimitLawHasMeanOneAndVarianceOfItsSeries) {
  // sum 1/(j(j+1)) = 1 and 2 sum 1/(j(j+1))^2 = 2 (pi^2/3 - 3); E X = int P, E X^2 = int 2 x P.
  double mean = 0, square = 0;
  constexpr double h = 0.005;
  for (double x = h / 2; x < 40; x += h) {
    const double P = anderson_darling_survival(x);
    mean += P * h;
    square += 2 * x * P * h;
  }
  EXPECT_NEAR(mean, 1, 1e-6);  // the midpoint rule's h^2 / 24
  EXPECT_NEAR(square - mean * mean, 2 * (M_PI * M_PI / 3 - 3), 1e-5);
}

TEST(TestsOfNormality, HaveUniformPValuesOnNormalData) {
  std::mt19937_64 bits(1);
  EXPECT_GT(uniformity(400, [&] { return kolmogorov_test(sorted(normals(100, bits))).p_value; }),
            implausible);
  EXPECT_GT(uniformity(400, [&] { return anderson_darling_test(sorted(normals(100, bits))).p_value; }),
            implausible);
}

TEST(TestsOfNormality, FindStudentsTailsAndTheAndersonDarlingTestMoreOften) {
  std::mt19937_64 bits(2);
  int kolmogorov = 0, anderson = 0;
  for (int k = 0; k < 50; ++k) {
    const auto x = sorted(student(2000, 4, bits));
    kolmogorov += kolmogorov_test(x).p_value < 0.01;
    anderson += anderson_darling_test(x).p_value < 0.01;
  }
  EXPECT_GT(anderson, 45);
  EXPECT_GE(anderson, kolmogorov);
}

Eigen::MatrixXd columns(const std::vector<double>& x, Eigen::Index d) {
  return Eigen::Map<const Eigen::MatrixXd>(x.data(), static_cast<Eigen::Index>(x.size()) / d, d);
}

/// x A^T with A not symmetric: normal points of another covariance.
Eigen::MatrixXd sheared(const Eigen::MatrixXd& x) {
  Eigen::MatrixXd A = Eigen::MatrixXd::Identity(x.cols(), x.cols());
  A(0, x.cols() - 1) += 0.8;
  A(0, 0) = 3;
  return x * A.transpose();
}

TEST(Mardia, HasUniformPValuesOnNormalDataOfAnyCovariance) {
  std::mt19937_64 bits(3);
  for (const Eigen::Index d : {1, 2, 3}) {
    const auto points = [&] {
      return sheared(columns(normals(1000 * static_cast<std::size_t>(d), bits), d));
    };
    EXPECT_GT(uniformity(300, [&] { return mardia_tests(points()).skewness.p_value; }), implausible) << d;
    EXPECT_GT(uniformity(300, [&] { return mardia_tests(points()).kurtosis.p_value; }), implausible) << d;
  }
}

TEST(Mardia, IsTheSumOverPairsThatDefinesIt) {
  std::mt19937_64 bits(4);
  const Eigen::MatrixXd x = columns(student(60, 5, bits), 2);
  const Eigen::MatrixXd y = x.rowwise() - x.colwise().mean();
  const Eigen::MatrixXd g = y * (y.transpose() * y / 30).inverse() * y.transpose();
  const auto m = mardia_tests(x);
  EXPECT_NEAR(m.b1, g.array().cube().sum() / 900, 1e-12);  // sums of thirty numbers, rounded
  EXPECT_NEAR(m.b2, g.diagonal().array().square().sum() / 30, 1e-12);
  EXPECT_NEAR(m.skewness.statistic, 30 * m.b1 / 6, 1e-12);
}

TEST(Mardia, DoesNotChangeWithTheCoordinates) {
  std::mt19937_64 bits(5);
  const Eigen::MatrixXd x = columns(student(400, 5, bits), 2);
  const auto m = mardia_tests(x), n = mardia_tests(sheared(x));
  EXPECT_NEAR(m.b1, n.b1, 1e-10);
  EXPECT_NEAR(m.b2, n.b2, 1e-10);
}

TEST(Mardia, FindsHeavyTailsAndSkewness) {
  std::mt19937_64 bits(6);
  EXPECT_LT(mardia_tests(columns(student(4000, 5, bits), 2)).kurtosis.p_value, 1e-6);
  auto skewed = normals(4000, bits);
  for (double& v : skewed) v = std::exp(0.3 * v);
  EXPECT_LT(mardia_tests(columns(skewed, 2)).skewness.p_value, 1e-6);
}

TEST(Mardia, RefusesPointsOnALine) {
  Eigen::MatrixXd line(5, 2);
  line << 1, 2, 2, 4, 3, 6, 4, 8, 6, 12;
  EXPECT_THROW(mardia_tests(line), std::invalid_argument);
  EXPECT_THROW(mardia_tests(Eigen::MatrixXd::Random(2, 2)), std::invalid_argument);
}

}  // namespace
}  // namespace fpk::verification
