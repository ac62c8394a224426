// Quadrature over cells, and densities with a shape inside the cells.
#include "law/density.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "law/quadrature.hpp"

namespace fpk::law {
namespace {

formula::Formula parse(const std::string& text) { return formula::parse(text, {{"x", "y"}, {}, {}}); }

GridPart square(std::size_t cells) {
  return GridPart(Grid({Axis("x", -2, 2, cells), Axis("y", -1, 3, cells)}));
}

TEST(Quadrature, IsExactForPolynomialsOfDegreeSevenInEachVariable) {
  const auto part = square(3);
  const auto averages = cell_averages(part, parse("x^7 - 3*x^2*y^6 + y"));
  for (std::size_t c = 0; c < part.size(); ++c) {
    const Index i = part.index(c);
    const auto moment = [&](std::size_t a, int n) {  // mean of x_a^n over the cell
      const double l = part.grid().axis(a).edge(i[a]), u = part.grid().axis(a).edge(i[a] + 1);
      return (std::pow(u, n + 1) - std::pow(l, n + 1)) / ((n + 1) * (u - l));
    };
    const double exact = moment(0, 7) - 3 * moment(0, 2) * moment(1, 6) + moment(1, 1);
    EXPECT_NEAR(averages[c], exact, 1e-12 * std::max(1.0, std::abs(exact)) * 100);  // sums of terms up to 1e3
  }
}

TEST(Quadrature, ErrorOfASmoothAverageFallsWithTheEighthPower) {
  const auto error = [](std::size_t cells) {
    const GridPart part(Grid({Axis("x", 0, 4, cells)}));
    const auto averages = cell_averages(part, formula::parse("exp(x)", {{"x"}, {}, {}}));
    double worst = 0;
    for (std::size_t c = 0; c < cells; ++c) {
      const auto& axis = part.grid().axis(0);
      worst = std::max(worst, std::abs(averages[c] - (std::exp(axis.edge(c + 1)) - std::exp(axis.edge(c))) /
                                                         axis.width(c)));
    }
    return worst;
  };
  EXPECT_NEAR(std::log2(error(2) / error(4)), 8.0,
              0.8);  // the largest error sits at the end, where cells halve
}

TEST(Quadrature, LogAveragesNeitherOverflowNorLoseDigits) {
  const auto part = square(4);
  const auto plain = log_cell_averages(part, parse("-x^2 - y")),
             lifted = log_cell_averages(part, parse("-x^2 - y + 5000"));
  const auto sunk = log_cell_averages(part, parse("-x^2 - y - 5000"));
  for (std::size_t c = 0; c < part.size(); ++c) {
    EXPECT_NEAR(lifted[c] - plain[c], 5000, 1e-11);  // 5000 rounds at 9e-13
    EXPECT_NEAR(sunk[c] - plain[c], -5000, 1e-11);
  }
}

TEST(Density, EquilibriumHasExactExpectationsThroughItsShape) {
  // exp(-x^2/(2 s)) exp(-y^2/(2 s)) with s = 0.02 on cells as wide as 1.8 standard deviations. Uniform cells
  // would give a variance too large by h^2/12 = 0.0052.
  const GridPart part(Grid({Axis("x", -2, 2, 16), Axis("y", -2, 2, 16)}));
  const auto shape = std::make_shared<CellShape>(part, parse("-(x^2 + y^2)/0.04"));
  const auto e = Density::equilibrium(shape).expectations(
      {{"m", parse("x^2")}, {"one", parse("1")}, {"right", parse("x > 0")}});
  EXPECT_NEAR(e[0].value, 0.02,
              1e-5);  // Gauss nodes 0.07 .. 0.93 of a cell of 1.8 sd: error (1.8)^8 / 8!-like
  EXPECT_NEAR(e[1].value, 1, 1e-14);
  EXPECT_NEAR(e[2].value, 0.5, 1e-14);
  EXPECT_EQ(e[0].standard_error, 0);
}

TEST(Density, AnObservableThatIsInfiniteWhereThereIsNoMassDoesNoHarm) {
  const GridPart part(Grid({Axis("x", 0, 1, 2)}));
  const Density density(std::make_shared<CellShape>(part), {0.0, 1.0});
  const auto f = formula::parse("if_missing", {{"x"}, {{"if_missing", 3.0}}, {}});
  EXPECT_EQ(density.expectations({{"f", f}}).front().value, 3.0);
  const auto singular = formula::parse("1 / (x > 0.5)", {{"x"}, {}, {}});
  EXPECT_EQ(density.expectations({{"g", singular}}).front().value, 1.0);
}

TEST(Density, RangeLooksOnlyWhereThereIsMass) {
  const GridPart part(Grid({Axis("x", 0, 4, 4)}));
  const Density density(std::make_shared<CellShape>(part), {0.0, 0.5, 0.5, 1e-9});
  const Observable x{"x", formula::Formula::variable("x")};
  EXPECT_NEAR(density.range(x, 1e-6), 1.0, 1e-14);
  EXPECT_NEAR(density.range(x, 0), 2.0, 1e-14);
}

TEST(Density, KnowsItsOwnGridOnly) {
  const Density density(std::make_shared<CellShape>(square(3)), std::vector<double>(9, 1.0 / 9));
  EXPECT_EQ(density.cell_masses(square(3)).size(), 9U);
  EXPECT_THROW((void)density.cell_masses(square(4)), std::invalid_argument);
  EXPECT_THROW(Density(std::make_shared<CellShape>(square(3)), {1.0}), std::invalid_argument);
}

}  // namespace
}  // namespace fpk::law
