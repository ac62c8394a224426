// Richardson's extrapolation: its order against exact cell averages, and whether its own estimate can be trusted.
#include "solvers/richardson.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>

#include "ladder.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

TEST(Richardson, TakesAwayTheSquareAndKeepsTheLimit) {
  const auto answer = [](double h) { return 2 - 0.3 * h * h + 0.5 * std::pow(h, 4); };
  const auto e = extrapolated(answer(0.2), answer(0.1), answer(0.05));
  EXPECT_NEAR(e.value, 2.0, 0.5 * 0.25 * 1e-4 * 1.01);  // (4/16 - 1)/3 of the fourth power at h = 0.1
  EXPECT_GT(e.error, std::abs(e.value - 2));
  EXPECT_LT(e.error, 4 * std::abs(e.value - 2));
}

TEST(Richardson, ClaimsLittleWhereTheAnswersDoNotCloseInFourTimes) {
  const auto rough = extrapolated(1 + 0.2, 1 + 0.1, 1 + 0.05);  // first order: extrapolated to 1.033
  EXPECT_GT(rough.error, 0.999 * std::abs(rough.value - 1));
  const auto turning = extrapolated(1 + 0.1, 1 - 0.05, 1 + 0.01);
  EXPECT_GT(turning.error, std::abs(turning.value - 1));
}

RC_GTEST_PROP(Restriction, KeepsMassAndMovesItNoFurtherThanItsCell, ()) {
  const auto d = *rc::gen::inRange<std::size_t>(1, 4);
  std::vector<std::string> variables = {"x", "y", "z"};
  variables.resize(d);
  const auto domain = box(variables, -1, 2);
  const auto coarse = grid(domain, *rc::gen::inRange<std::size_t>(1, 5));
  const law::GridPart fine(coarse.grid().refined(2));
  std::vector<double> masses(fine.size());
  for (auto& m : masses) m = *rc::gen::inRange(0, 1000);
  const auto sums = law::restricted(fine, masses, coarse);
  RC_ASSERT(law::total(coarse, sums) == law::total(fine, masses));
  const auto f = *rc::gen::inRange<std::size_t>(0, fine.size());
  std::vector<double> unit(fine.size(), 0.0);
  unit[f] = 1;
  const auto found = law::restricted(fine, unit, coarse);
  const auto centre = fine.grid().center(fine.index(f));
  law::Index at{};
  for (std::size_t a = 0; a < d; ++a) at[a] = coarse.grid().axis(a).find(centre[a]);
  RC_ASSERT(found[coarse.grid().flat(at)] == 1.0);
}

/// Of the error in time, far below what is left of the one in space.
constexpr double tight = 1e-11;

std::vector<double> richardson(const Ladder& l, std::size_t r) {
  return solvers::richardson(l.parts[r], l.masses[r], l.parts[r + 1], l.masses[r + 1]);
}

TEST(Richardson, IsFourthOrderOnOrnsteinAndUhlenbecksProcessInOneAndTwoDimensions) {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"};
  struct Problem {
    model::Process process;
    law::Gaussian start;
    std::size_t cells;
    double half_width, t;
  };
  for (const auto& p : {Problem{langevin("0.65*x^2", 0.5, x), gaussian(x, {0.9}, {0.5}), 40, 5, 0.5},
                        Problem{drifted({"-1.3*x"}, {"1"}, x), gaussian(x, {0.9}, {0.5}), 40, 5, 0.5},
                        Problem{langevin("0.65*x^2 + 0.5*y^2 + 0.4*x*y", 0.5, xy),
                                gaussian(xy, {0.9, -0.5}, {0.5, 0.6}), 24, 4.8, 0.4}}) {
    const auto domain = box(p.process.variables, -p.half_width, p.half_width);
    const auto ladder = climb(p.process, domain, p.cells, p.start, 4, p.t, tight);
    const auto exact = model::gaussian_at(*model::affine(p.process), p.process.variables, p.start.mean(),
                                          p.start.covariance(), p.t);
    std::vector<double> errors;
    for (std::size_t r = 0; r < 3; ++r)
      errors.push_back(
          l1_distance(ladder.parts[r], richardson(ladder, r), exact.cell_masses(ladder.parts[r])));
    const double estimate = extrapolation_error(ladder.parts[1], ladder.masses[1], ladder.parts[2],
                                                ladder.masses[2], ladder.parts[3], ladder.masses[3]);
    EXPECT_NEAR(std::log2(errors[1] / errors[2]), 4.0, 0.15);  // the next term is h^2 smaller
    EXPECT_GT(estimate, errors[2]);
    EXPECT_LT(estimate, 4 * errors[2]);
  }
}

TEST(Richardson, IsFourthOrderInTheDoubleWellForTheLawAndForItsFunctionals) {
  const std::vector<std::string> x = {"x"};
  const auto process = langevin("(x^2-1)^2", 0.25, x);
  const auto ladder = climb(process, box(x, -2.5, 2.5), 32, gaussian(x, {-1}, {0.2}), 6, 1, tight);
  const auto right = [&](std::size_t r) {
    const law::Density law(std::make_shared<law::CellShape>(ladder.parts[r], process.log_stationary()),
                           ladder.masses[r]);
    return law.expectations({{"right", parse("x > 0", x)}, {"second", parse("x^2", x)}});
  };
  // Against the extrapolation of the two finest: its error is 16 times below the last one measured.
  std::vector<double> errors, of_right, of_second;
  const auto best = right(4), finest = right(5);
  for (std::size_t r = 1; r < 4; ++r) {
    errors.push_back(
        l1_distance(ladder.parts[r], richardson(ladder, r), ladder.on(r, 4, richardson(ladder, 4))));
    const auto coarse = right(r), fine = right(r + 1), coarser = right(r - 1);
    const double limit[2] = {solvers::richardson(best[0].value, finest[0].value),
                             solvers::richardson(best[1].value, finest[1].value)};
    const auto e = extrapolated(coarser[0].value, coarse[0].value, fine[0].value);
    of_right.push_back(std::abs(e.value - limit[0]));
    of_second.push_back(std::abs(solvers::richardson(coarse[1].value, fine[1].value) - limit[1]));
    EXPECT_GT(e.error, of_right.back());
  }
  EXPECT_NEAR(std::log2(errors[1] / errors[2]), 4.0, 0.2);
  EXPECT_GT(std::log2(of_right[1] / of_right[2]),
            3.7);  // two terms of opposite sign: it falls faster at first
  EXPECT_NEAR(std::log2(of_second[1] / of_second[2]), 4.0, 0.3);
}

TEST(Richardson, IsFourthOrderWhereASmoothMapGradesTheCells) {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"};
  struct Problem {
    model::Process process;
    law::Grid coarsest;
    law::Gaussian start;
  };
  const law::Grid line({law::Axis("x", -5, 5, 48, {0.4, 2.5})});
  const law::Grid plane({law::Axis("x", -5, 5, 32, {0.4, 2}), law::Axis("y", -5, 5, 32, {-0.7, 1.5})});
  for (const auto& p : {Problem{langevin("0.65*x^2", 0.5, x), line, gaussian(x, {0.9}, {0.5})},
                        Problem{drifted({"-1.3*x"}, {"1"}, x), line, gaussian(x, {0.9}, {0.5})},
                        Problem{langevin("0.65*x^2 + 0.5*y^2 + 0.4*x*y", 0.5, xy), plane,
                                gaussian(xy, {0.9, -0.5}, {0.5, 0.6})}}) {
    const auto& variables = p.process.variables;
    const auto ladder = climb(p.process, box(variables, -5, 5), p.coarsest, p.start, 4, 0.5, tight);
    const auto exact =
        model::gaussian_at(*model::affine(p.process), variables, p.start.mean(), p.start.covariance(), 0.5);
    std::vector<double> errors;
    for (std::size_t r = 0; r < 3; ++r)
      errors.push_back(
          l1_distance(ladder.parts[r], richardson(ladder, r), exact.cell_masses(ladder.parts[r])));
    EXPECT_NEAR(std::log2(errors[1] / errors[2]), 4.0, 0.15);  // as on equal cells
  }
}

TEST(Richardson, IsThirdOrderWhereListedWidthsJump) {
  // Widths that alternate by a factor of two, cut in halves: the jumps stay, and with them odd powers of h.
  const std::vector<std::string> x = {"x"};
  std::vector<double> edges = {-5};
  for (int i = 0; i < 48; ++i) edges.push_back(edges.back() + (i % 2 == 0 ? 1.0 : 2.0) / 7.2);
  const auto process = langevin("0.65*x^2", 0.5, x);
  const auto start = gaussian(x, {0.9}, {0.5});
  const auto ladder = climb(process, box(x, edges.front(), edges.back()), law::Grid({law::Axis("x", edges)}),
                            start, 5, 0.5, tight);
  const auto exact = model::gaussian_at(*model::affine(process), x, start.mean(), start.covariance(), 0.5);
  std::vector<double> errors;
  for (std::size_t r = 0; r < 4; ++r)
    errors.push_back(l1_distance(ladder.parts[r], richardson(ladder, r), exact.cell_masses(ladder.parts[r])));
  EXPECT_NEAR(std::log2(errors[2] / errors[3]), 3.0, 0.15);  // 3.06: the next term is h smaller
  EXPECT_LT(errors[3],
            l1_distance(ladder.parts[3], ladder.masses[3], exact.cell_masses(ladder.parts[3])) / 100);
}

TEST(Richardson, IsThirdOrderBetweenAbsorbingWalls) {
  // A constant force f between absorbing walls of [0, 1], from p_0 = exp(k x) sin(pi x) / N, k = f/(2 D): survival
  // exp(-(D pi^2 + f^2/(4 D)) t).
  const double f = 1.5, D = 0.5, t = 0.2, pi = std::numbers::pi, k = f / (2 * D);
  const auto primitive = [&](double x) {
    return std::exp(k * x) * (k * std::sin(pi * x) - pi * std::cos(pi * x)) / (k * k + pi * pi);
  };
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  const auto process = langevin("-1.5*x", D, {"x"});
  std::vector<double> survivals, errors;
  for (const std::size_t cells : {10, 20, 40, 80}) {
    const auto part = grid(domain, cells);
    std::vector<double> start(cells);
    const auto& x = part.grid().axis(0);
    for (std::size_t c = 0; c < cells; ++c)
      start[c] = (primitive(x.edge(c + 1)) - primitive(x.edge(c))) / (primitive(1) - primitive(0));
    survivals.push_back(law::total(part, evolve("auto", process, domain, part, start, t)));
  }
  for (std::size_t r = 0; r < 3; ++r)
    errors.push_back(std::abs(solvers::richardson(survivals[r], survivals[r + 1]) -
                              std::exp(-(D * pi * pi + f * f / (4 * D)) * t)));
  // The wall is half a cell from the centre: with a force the error has an odd power of h.
  EXPECT_NEAR(std::log2(errors[1] / errors[2]), 3.0, 0.1);
}

}  // namespace
}  // namespace fpk::solvers
