// The exact laws: cell masses, expectations, and that placing points agrees with them.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "law/exact/gaussian.hpp"
#include "law/exact/normal.hpp"
#include "law/exact/point.hpp"
#include "law/exact/tabulated.hpp"
#include "law/exact/uniform.hpp"

namespace fpk::law {
namespace {

const std::vector<std::string> x = {"x"}, xy = {"x", "y"};

formula::Formula parse(const std::string& text) { return formula::parse(text, {xy, {}, {}}); }

/// Midpoints of n strata of the unit interval (axis 0) and a golden-ratio rotation of them (axis 1): points
/// that fill the unit square far more evenly than random ones, with a discrepancy below 4 ln(n) / n.
std::vector<std::vector<double>> even_points(std::size_t dimension, std::size_t n) {
  std::vector<std::vector<double>> u(dimension, std::vector<double>(n));
  for (std::size_t p = 0; p < n; ++p) {
    u[0][p] = (static_cast<double>(p) + 0.5) / static_cast<double>(n);
    if (dimension > 1) u[1][p] = std::fmod(0.5 + 0.6180339887498949 * static_cast<double>(p), 1.0);
  }
  return u;
}

/// The share of placed points in each cell.
std::vector<double> histogram(const InitialLaw& law, const GridPart& part, std::size_t n) {
  const auto u = even_points(law.dimension(), n);
  auto positions = u;
  std::vector<const double*> in;
  std::vector<double*> out;
  for (std::size_t a = 0; a < law.dimension(); ++a) {
    in.push_back(u[a].data());
    out.push_back(positions[a].data());
  }
  law.place(in, n, out);
  std::vector<double> masses(part.size(), 0.0);
  for (std::size_t p = 0; p < n; ++p) {
    Index i{};
    for (std::size_t a = 0; a < law.dimension(); ++a) i[a] = part.grid().axis(a).find(positions[a][p]);
    masses[part.grid().flat(i)] += 1.0 / static_cast<double>(n);
  }
  return masses;
}

void expect_placed_as_weighed(const InitialLaw& law, const GridPart& part) {
  const std::size_t n = 100'000;
  const auto placed = histogram(law, part, n), weighed = law.cell_masses(part);
  double sum = 0;
  for (std::size_t c = 0; c < placed.size(); ++c) {
    EXPECT_NEAR(placed[c], weighed[c], 5e-4) << c;  // 4 ln(n) / n
    sum += weighed[c];
  }
  EXPECT_NEAR(sum, 1, 1e-9);
}

Gaussian correlated() {
  Eigen::Matrix2d C;
  C << 0.3, 0.2, 0.2, 0.4;
  return {xy, Eigen::Vector2d(0.3, -0.2), C};
}

TEST(NormalMass, IsAccurateInBothTails) {
  EXPECT_NEAR(normal_mass(10, 11) / 7.61966195820e-24, 1, 1e-10);  // Q(10) - Q(11), Abramowitz, Stegun 26.2
  EXPECT_NEAR(normal_mass(-11, -10) / normal_mass(10, 11), 1, 1e-14);
  EXPECT_NEAR(normal_mass(-1, 1), 0.6826894921370859, 1e-15);
  const double inf = std::numeric_limits<double>::infinity();
  EXPECT_EQ(normal_mass(-inf, inf), 1.0);
}

TEST(TruncatedNormalQuantile, InvertsTheDistributionFunctionFromDeepInEitherTail) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const auto& [a, b] : {std::pair{-inf, inf}, {-1.0, 2.0}, {5.0, 6.0}, {-9.0, -8.0}, {7.0, inf}})
    for (const double u : {1e-12, 0.01, 0.3, 0.5, 0.99, 1 - 1e-12}) {
      const double z = truncated_normal_quantile(u, a, b);
      EXPECT_GE(z, a);
      EXPECT_LE(z, b);
      // Where u is near 1 its own rounding, 1e-16 / (1 - u), is what is left.
      EXPECT_NEAR(normal_mass(a, z) / normal_mass(a, b), u, 1e-13) << a << ' ' << b << ' ' << u;
    }
}

TEST(Gaussian, CellMassesAreThoseOfItsDistributionFunction) {
  const GridPart part(Grid({Axis("x", -3, 4, 9)}));
  const auto masses =
      Gaussian(x, Eigen::VectorXd::Constant(1, 0.4), Eigen::MatrixXd::Constant(1, 1, 0.49)).cell_masses(part);
  for (std::size_t i = 0; i < 9; ++i) {
    const auto z = [&](double edge) { return (edge - 0.4) / 0.7; };
    EXPECT_NEAR(masses[i], normal_mass(z(part.grid().axis(0).edge(i)), z(part.grid().axis(0).edge(i + 1))),
                1e-16);
  }
}

TEST(Gaussian, CorrelatedCellMassesHaveTheirMomentsAndSumToOne) {
  // On a coarse grid: cells wider than the narrow direction are cut before they are integrated.
  for (const std::size_t cells : {8, 60}) {
    const GridPart part(Grid({Axis("x", -5, 5, cells), Axis("y", -5, 5, cells)}));
    const auto masses = correlated().cell_masses(part);
    double sum = 0, xy_moment = 0;
    for (std::size_t c = 0; c < masses.size(); ++c) {
      const auto p = part.grid().center(part.index(c));
      sum += masses[c];
      xy_moment += masses[c] * (p[0] - 0.3) * (p[1] + 0.2);
    }
    EXPECT_NEAR(sum, 1, 1e-8);
    if (cells == 60) {
      EXPECT_NEAR(xy_moment, 0.2,
                  2e-3);  // h^2/12 = 0.0023 for a density that is constant in cells, less by symmetry
    }
  }
}

TEST(Gaussian, ExpectationsAreItsMoments) {
  const auto e = correlated().expectations({{"x", parse("x")}, {"xy", parse("x*y")}, {"xx", parse("x^2")}});
  EXPECT_NEAR(e[0].value, 0.3, 1e-9);
  EXPECT_NEAR(e[1].value, 0.2 - 0.06, 1e-9);
  EXPECT_NEAR(e[2].value, 0.3 + 0.09, 1e-9);
}

TEST(Gaussian, RefusesACovarianceThatIsNone) {
  Eigen::Matrix2d bad;
  bad << 1, 2, 2, 1;
  EXPECT_THROW(Gaussian(xy, Eigen::Vector2d::Zero(), bad), std::invalid_argument);
  bad << 1, 0.5, 0.1, 1;
  EXPECT_THROW(Gaussian(xy, Eigen::Vector2d::Zero(), bad), std::invalid_argument);
}

TEST(InitialLaws, PlacePointsAsTheyWeighCells) {
  const GridPart part(Grid({Axis("x", -2, 2, 8), Axis("y", -1.5, 2.5, 8)}));
  expect_placed_as_weighed(Gaussian::truncated(xy, Eigen::Vector2d(-1.8, 0.3), Eigen::Vector2d(0.5, 0.4),
                                               Eigen::Vector2d(-2, -1.5), Eigen::Vector2d(2, 2.5)),
                           part);
  expect_placed_as_weighed(Uniform(xy, {-1.1, 0}, {0.7, 2.2}), part);
  expect_placed_as_weighed(Tabulated(xy, parse("(x + 2) * exp(-y^2)"), part.grid().refined(8)), part);
  const GridPart wide(Grid({Axis("x", -4, 4, 8), Axis("y", -5, 5, 8)}));
  expect_placed_as_weighed(correlated(), wide);
}

TEST(PointMass, KeepsMassAndMeanOnTheGrid) {
  const GridPart part(Grid({Axis("x", -2, 2, 7), Axis("y", -1, 3, 9)}));
  const auto masses = PointMass(xy, {0.123, 1.9}).cell_masses(part);
  double sum = 0, mean_x = 0, mean_y = 0;
  for (std::size_t c = 0; c < masses.size(); ++c) {
    const auto p = part.grid().center(part.index(c));
    sum += masses[c];
    mean_x += masses[c] * p[0];
    mean_y += masses[c] * p[1];
  }
  EXPECT_NEAR(sum, 1, 1e-15);
  EXPECT_NEAR(mean_x, 0.123, 1e-15);
  EXPECT_NEAR(mean_y, 1.9, 1e-14);
  const auto at_the_wall = PointMass(xy, {-2, 3}).cell_masses(part);
  EXPECT_NEAR(total(part, at_the_wall), 1, 1e-15);
}

TEST(Tabulated, RefusesWhatIsNoDensity) {
  const Grid grid({Axis("x", -2, 2, 8), Axis("y", -1, 3, 8)});
  for (const char* text : {"x", "0", "1/(x - x)", "log(x)"})
    EXPECT_THROW(Tabulated(xy, parse(text), grid), std::invalid_argument) << text;
}

}  // namespace
}  // namespace fpk::law
