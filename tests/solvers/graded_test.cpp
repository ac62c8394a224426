// Graded grids: the Gibbs law stays exact on any edges, the order stays two where the grading is smooth, and a layer
// takes fewer cells.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ladder.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using law::Axis;
using law::GridPart;
using model::Boundary;

const std::vector<std::string> x = {"x"}, xy = {"x", "y"}, xyz = {"x", "y", "z"};

RC_GTEST_PROP(GradedGrid, HoldsTheExactGibbsLawOnAnyEdges, ()) {
  const auto number = [](double lower, double upper) {
    return lower + (upper - lower) * *rc::gen::inRange(0, 1'000'001) / 1e6;
  };
  const auto d = static_cast<std::size_t>(*rc::gen::inRange(1, 4));
  const std::vector<std::string> variables(xyz.begin(), xyz.begin() + static_cast<std::ptrdiff_t>(d));
  std::string potential = "0.3*x";
  std::vector<Axis> axes;
  model::Domain domain;
  for (const auto& v : variables) {
    potential += fmt::format("+{}*{}^2+{}*sin(2*{}+x)", number(-1, 2), v, number(-2, 2), v);
    std::vector<double> edges = {number(-3, 0)};
    const int cells = *rc::gen::inRange(2, d == 3 ? 7 : 20);
    for (int i = 0; i < cells; ++i) edges.push_back(edges.back() + number(0.01, 0.8));
    domain.sides.push_back({v, edges.front(), edges.back()});
    axes.emplace_back(v, edges);
  }
  const auto process = langevin(potential, number(0.05, 2), variables);
  const GridPart part{law::Grid(axes)};
  const auto g = build_generator(process, domain, part);
  const auto pi = gibbs(process, part);
  RC_ASSERT(relative_residual(*g, pi) < 1e-13);
  RC_ASSERT(l1_distance(part, stationary_masses(*g).masses, pi) < 1e-13);
}

double order(const model::Process& process, const model::Domain& domain, const law::Grid& coarsest,
             const law::InitialLaw& initial, double t) {
  return climb(process, domain, coarsest, initial, 3, t).order();
}

TEST(GradedGrid, KeepsTheSecondOrderWhereTheGradingIsSmooth) {
  const law::Grid line({Axis("x", -2.5, 2.5, 64, {-0.7, 3})});
  const law::Grid plane({Axis("x", -2.5, 2.5, 40, {0.4, 3}), Axis("y", -2.5, 2.5, 40, {-2.5, 2})});
  // 0.15 as on equal cells; the widest cells here are three times the mean.
  EXPECT_NEAR(
      order(langevin("(x^2-1)^2 + 0.2*x", 0.25, x), box(x, -2.5, 2.5), line, gaussian(x, {-0.8}, {0.3}), 0.5),
      2.0, 0.15);
  EXPECT_NEAR(order(langevin("(x^2-1)^2 + y^2 + 0.4*x*y", 0.25, xy), box(xy, -2.5, 2.5), plane,
                    gaussian(xy, {-0.8, 0.2}, {0.3, 0.4}), 0.5),
              2.0, 0.15);
  EXPECT_NEAR(order(drifted({"0.5 - x"}, {"0.9 + 0.2*sin(x)"}, x), box(x, -2.5, 2.5), line,
                    gaussian(x, {-0.3}, {0.4}), 0.5),
              2.0, 0.15);
  EXPECT_NEAR(order(drifted({"1 - x", "x - y - 0.2*y^3"}, {"0.9 + 0.2*sin(x)", "0.8"}, xy),
                    box(xy, -2.5, 2.5), plane, gaussian(xy, {0.3, 0.2}, {0.4, 0.4}), 0.5),
              2.0, 0.15);
}

TEST(GradedGrid, LosesLittleOfTheOrderWhereListedWidthsJump) {
  // Widths that alternate by a factor of two, cut in halves: the jumps stay. A scheme that felt them would show 1.
  std::vector<double> edges = {-2.5};
  for (int i = 0; i < 60; ++i) edges.push_back(edges.back() + (i % 2 == 0 ? 1.0 : 2.0) / 18);
  const law::Grid jagged({Axis("x", edges)});
  auto domain = box(x, edges.front(), edges.back());
  EXPECT_NEAR(order(langevin("(x^2-1)^2 + 0.2*x", 0.25, x), domain, jagged, gaussian(x, {-0.8}, {0.3}), 0.5),
              2.0, 0.3);
}

TEST(GradedGrid, KeepsTheSecondOrderOnARing) {
  // Both kinds of weights: a periodic potential, and a drift round the ring with a Fourier mode for its closed form.
  const double pi = 3.141592653589793;
  const auto ring = box(x, -pi, pi, Boundary::periodic);
  const law::Grid graded({Axis("x", -pi, pi, 48, {2.1, 2.5, true})});
  EXPECT_NEAR(order(langevin("cos(x) + 0.3*sin(2*x)", 0.4, x), ring, graded, gaussian(x, {0.6}, {0.4}), 0.5),
              2.0, 0.15);
  const double D = 0.3, v = 1.7, t = 0.9, amplitude = 0.25 * std::exp(-D * t);
  std::vector<double> errors;
  for (const std::size_t factor : {1, 2, 4}) {
    const GridPart part(graded.refined(factor));
    const auto start =
        law::Density::equilibrium(std::make_shared<law::CellShape>(part, parse("log(1 + 0.5*cos(x))", x)));
    const law::Density after(
        std::make_shared<law::CellShape>(part),
        evolve("auto", drifted({"1.7"}, {"sqrt(0.6)"}, x), ring, part, start.masses(), t));
    const auto e = after.expectations({{"c", parse("cos(x)", x)}, {"s", parse("sin(x)", x)}});
    errors.push_back(
        std::hypot(e[0].value - amplitude * std::cos(v * t), e[1].value - amplitude * std::sin(v * t)));
  }
  EXPECT_LT(errors[2], 2e-3);
  EXPECT_NEAR(std::log2(errors[1] / errors[2]), 2.0, 0.15);
}

/// L1 error of diffusion past a narrow trap, against a grid laid out alike and four times as fine.
double trapping_error(const Axis& axis) {
  // L = -4 exp(-(x/0.05)^2) in a box that is 160 times as wide as the trap.
  const auto process = langevin("-4*exp(-(x/0.05)^2)", 1, x);
  const auto domain = box(x, -4, 4);
  const auto start = gaussian(x, {0.6}, {0.5});
  const auto ladder = climb(process, domain, law::Grid({axis}), start, 3, 0.5);
  return l1_distance(ladder.parts[0], ladder.masses[0], ladder.on(0, 2, ladder.masses[2]));
}

TEST(GradedGrid, ResolvesALayerWithAQuarterOfTheCells) {
  // On equal cells: 1.0e-3 with 256 and 2.2e-4 with 512. Clustered: 1.5e-3 with 64 and 3.3e-4 with 128, that is the
  // same constant with four times fewer cells, to a factor below two.
  const auto clustered = [](std::size_t n) { return trapping_error(Axis("x", -4, 4, n, {0, 6})); };
  const auto equal = [](std::size_t n) { return trapping_error(Axis("x", -4, 4, n)); };
  const double few = clustered(64), more = clustered(128);
  EXPECT_LT(few, 2 * equal(256));
  EXPECT_LT(more, 2 * equal(512));
  EXPECT_LT(few, equal(128) / 3);  // and so a third of the cells has a third of the error
  EXPECT_NEAR(std::log2(few / more), 2.0, 0.3);
}

}  // namespace
}  // namespace fpk::solvers
