// First-passage times, committors and quasi-stationary laws against closed forms and the double integrals of one dimension.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <numbers>

#include "law/quadrature.hpp"
#include "problems.hpp"
#include "solvers/passage/committor.hpp"
#include "solvers/passage/passage_time.hpp"
#include "solvers/passage/quasi_stationary.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using formula::Formula;
using model::Boundary;

const std::vector<std::string> x = {"x"}, xy = {"x", "y"};

/// A stopped process with what made it.
struct Problem {
  model::Process process;
  model::Domain domain;
  std::vector<Formula> sets;
  law::GridPart part;
  std::shared_ptr<const Generator> generator;
  Stopped stopped;

  Problem(const model::Process& p, const model::Domain& d, const std::vector<std::string>& where,
          std::size_t cells)
      : process(p), domain(d), part(grid(d, cells)), generator(build_generator(p, d, part)) {
    for (const auto& text : where) sets.push_back(parse(text, p.variables));
    stopped = stop(*generator, sets);
  }

  [[nodiscard]] PassageMoments from(const law::Point& start) const {
    StoppedSystem backward(stopped.generator, Direction::backward);
    const auto into = sets.empty() ? stopped.into_faces : stopped.into_set.front();
    const auto law = start_at_point(stopped, domain, start, sets);
    return passage_moments(part, passage_fields(backward, stopped, into), law.masses,
                           sets.empty() ? law.ended_at_faces : law.ended_in_sets.front());
  }
};

double order(double coarse, double fine) { return std::log2(coarse / fine); }

/// T_1, T_2 from x to b with a reflecting wall at a (Gardiner 2009, eq. 5.5.23 and 5.5.24):
/// T_n(x) = int_x^b dy exp(L(y)/D)/D int_a^y exp(-L(z)/D) n T_(n-1)(z) dz, T_0 = 1; on a fine grid, by Simpson's rule.
std::pair<double, double> moments_by_double_integral(const std::function<double(double)>& L, double D,
                                                     double a, double from, double b) {
  const int n = 40'000;  // Simpson: error (2.5/40000)^4, far below 1e-12
  const double h = (b - a) / n;
  std::vector<double> T(n + 1, 1.0);
  std::vector<double> answers;
  for (int moment = 1; moment <= 2; ++moment) {
    std::vector<double> inner(n + 1, 0.0), outer(n + 1, 0.0), next(n + 1, 0.0);
    const auto at = [&](int i) { return a + h * i; };
    const auto g = [&](int i) { return std::exp(-L(at(i)) / D) * moment * T[static_cast<std::size_t>(i)]; };
    // Cumulative integral by the fourth-order rule h/24 (-f_(i-1) + 13 f_i + 13 f_(i+1) - f_(i+2)).
    const auto cumulate = [&](const auto& f, std::vector<double>& out) {
      for (int i = 0; i < n; ++i) {
        const double before = i > 0 ? f(i - 1) : 3 * f(0) - 3 * f(1) + f(2);
        const double after = i + 2 <= n ? f(i + 2) : 3 * f(n) - 3 * f(n - 1) + f(n - 2);
        out[static_cast<std::size_t>(i) + 1] =
            out[static_cast<std::size_t>(i)] + h / 24 * (13 * (f(i) + f(i + 1)) - before - after);
      }
    };
    cumulate(g, inner);
    cumulate([&](int i) { return std::exp(L(at(i)) / D) / D * inner[static_cast<std::size_t>(i)]; }, outer);
    for (int i = 0; i <= n; ++i)
      next[static_cast<std::size_t>(i)] = outer.back() - outer[static_cast<std::size_t>(i)];
    T = next;
    const double place = (from - a) / h;
    const auto i = static_cast<std::size_t>(place);
    const double s = place - static_cast<double>(i);
    answers.push_back((1 - s) * T[i] + s * T[i + 1]);
  }
  return {answers[0], answers[1]};
}

TEST(PassageTime, OfTheDoubleWellIsTheDoubleIntegralToSecondOrderWithItsVariance) {
  const double D = 0.25;
  // Tilted: a wrong sign of the slope would show. The start lies inside a cell, the border on a grid line.
  const auto L = [](double s) { return (s * s - 1) * (s * s - 1) + 0.2 * s; };
  const auto [T1, T2] = moments_by_double_integral(L, D, -2.5, -0.93, 0);
  std::vector<double> mean, variance;
  for (const std::size_t cells : {50, 100, 200, 400}) {
    const Problem p(langevin("(x^2-1)^2 + 0.2*x", D, x), box(x, -2.5, 2.5), {"x > 0"}, cells);
    const auto m = p.from({-0.93});
    EXPECT_EQ(m.probability, 1);
    mean.push_back(std::abs(m.mean / T1 - 1));
    variance.push_back(std::abs(m.variance / (T2 - T1 * T1) - 1));
  }
  for (std::size_t k = 1; k < mean.size(); ++k) {
    EXPECT_NEAR(order(mean[k - 1], mean[k]), 2, 0.1) << "mean, step " << k;
    EXPECT_NEAR(order(variance[k - 1], variance[k]), 2, 0.1) << "variance, step " << k;
  }
  EXPECT_LT(mean.back(), 1.1e-4);  // 0.65 h^2, measured
  EXPECT_LT(variance.back(), 2.2e-4);
}

TEST(PassageTime, IsOfSecondOrderWhereverTheBorderOfTheTargetLies) {
  // A constant drift on [0, b]: T(s) = (b - s)/v - D/v^2 (exp(-v s/D) - exp(-v b/D)), reflecting at 0.
  const double v = 0.7, D = 0.3, s = 0.21;
  const auto exact = [&](double b) {
    return (b - s) / v - D / (v * v) * (std::exp(-v * s / D) - std::exp(-v * b / D));
  };
  std::size_t checked = 0;
  for (const double b :
       {1.0, 1.0625, 1.03, 1.0471, 1.01}) {  // on grid lines, at a centre (16 cells), anywhere
    for (const std::size_t cells : {16, 32, 64, 128, 256, 512}) {
      const Problem p(drifted({"0.7"}, {"sqrt(0.6)"}, x), box(x, 0, 2), {"x > " + std::to_string(b)}, cells);
      const double h = 2.0 / static_cast<double>(cells);
      // 0.52 h^2 was the most; the sign and the constant vary with where in their cells border and start lie.
      EXPECT_LT(std::abs(p.from({s}).mean - exact(b)), 0.7 * h * h) << b << ' ' << cells;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 30U);
}

TEST(PassageTime, OfBrownianMotionOutOfAnIntervalADiscAndABallIsTheClosedForm) {
  // (R^2 - r^2) / (2 d D), from a start off every axis
  const double R = 0.83, D = 0.4;
  const std::vector<std::vector<std::string>> variables = {x, xy, {"x", "y", "z"}};
  const std::vector<std::string> target = {"x^2 > 0.6889", "x^2 + y^2 > 0.6889", "x^2 + y^2 + z^2 > 0.6889"};
  const law::Point start = {0.21, 0.4, 0.1};
  for (std::size_t d = 1; d <= 3; ++d) {
    double r2 = 0;
    for (std::size_t a = 0; a < d; ++a) r2 += start[a] * start[a];
    const double exact = (R * R - r2) / (2 * static_cast<double>(d) * D);
    std::vector<std::size_t> ladder = {16, 32, 64, 128};
    if (d == 3) ladder = {8, 16, 32};
    for (const std::size_t cells : ladder) {
      const Problem p(langevin("0*x", D, variables[d - 1]), box(variables[d - 1], -1, 1), {target[d - 1]},
                      cells);
      const double h = 2.0 / static_cast<double>(cells);
      // Linear interpolation to the start alone may cost h^2/8 of each of d second derivatives 1/(d D): 0.3 h^2.
      EXPECT_LT(std::abs(p.from(start).mean - exact), 0.8 * h * h) << d << " axes, " << cells;
    }
  }
}

TEST(PassageTime, HoldsItsOrderForAStartBesideTheBorder) {
  // Within a cell of the circle the time itself is of order h, and its error of order h^2.
  const double R = 0.83, D = 0.4, c = 0.58;
  for (const std::size_t cells : {16, 32, 64, 128}) {
    const Problem p(langevin("0*x", D, xy), box(xy, -1, 1), {"x^2 + y^2 > 0.6889"}, cells);
    const double h = 2.0 / static_cast<double>(cells);
    EXPECT_LT(std::abs(p.from({c, c}).mean - (R * R - 2 * c * c) / (4 * D)), 0.5 * h * h) << cells;
  }
}

TEST(PassageTime, OutOfAnAbsorbingBoxNeedsNoTarget) {
  // (s (1 - s)) / (2 D) for an interval; its variance s (1-s) (1 - s + s^2) ... from the second moment
  // E tau^2 = s (1 - 2 s^2 + s^3) / (12 D^2).
  const double D = 0.25, s = 0.3;
  const Problem p(drifted({"0"}, {"sqrt(0.5)"}, x), box(x, 0, 1, Boundary::absorbing), {}, 200);
  const auto m = p.from({s});
  const double mean = s * (1 - s) / (2 * D), second = s * (1 - 2 * s * s + s * s * s) / (12 * D * D);
  EXPECT_NEAR(m.mean, mean, 1e-5);  // h^2 = 2.5e-5
  EXPECT_NEAR(m.variance, second - mean * mean, 1e-5);
}

TEST(PassageTime, CountsThoseThatReachTheTargetAlone) {
  // Brownian motion from s in [0, 1], absorbed at 0, target beyond b: it is reached with probability s/b, by those that do
  // after (b^2 - s^2) / (6 D) in the mean (the bridge to a Bessel process in three dimensions).
  const double D = 0.3, s = 0.27, b = 0.83;
  auto domain = box(x, 0, 1);
  domain.sides[0].lower_boundary = Boundary::absorbing;
  for (const std::size_t cells : {25, 50, 100}) {
    const Problem p(drifted({"0"}, {"sqrt(0.6)"}, x), domain, {"x > 0.83"}, cells);
    const auto m = p.from({s});
    const double h = 1.0 / static_cast<double>(cells);
    // Linear, and so exact on any grid, but that a wall on a centre is moved by least_fraction.
    EXPECT_NEAR(m.probability, s / b, 1e-12 + least_fraction * h * s / (b * b)) << cells;
    EXPECT_NEAR(m.mean, (b * b - s * s) / (6 * D), 0.5 * h * h) << cells;
  }
}

TEST(PassageTime, KeepsItsDigitsWhereItIsLongerThanDoublePrecisionCanTell) {
  // Barrier 50 D: T is near 1e22, rates near 1e4. On a line every entry comes out by sums of positive terms.
  const double D = 0.02;
  const auto L = [](double s) { return (s * s - 1) * (s * s - 1); };
  const auto [T1, T2] = moments_by_double_integral(L, D, -1.6, -1, 0.5);
  const Problem p(langevin("(x^2-1)^2", D, x), box(x, -1.6, 1.6), {"x > 0.5"}, 1600);
  const auto m = p.from({-1});
  EXPECT_GT(T1, 1e21);
  EXPECT_NEAR(m.mean / T1, 1, 2e-4);             // h^2 / D = 2e-4
  EXPECT_NEAR(m.variance / (T1 * T1), 1, 1e-3);  // all but exponential; T2 - T1^2 is of the same size
}

}  // namespace
}  // namespace fpk::solvers
