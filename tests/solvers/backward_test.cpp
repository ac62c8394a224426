// The backward equation: the transpose as a chain of its own, forward/backward duality to round-off, and closed forms.
#include <gtest/gtest.h>

#include "law/quadrature.hpp"
#include "problems.hpp"
#include "solvers/backward_expectation.hpp"
#include "solvers/passage/survival.hpp"
#include "solvers/transposed.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

const std::vector<std::string> x = {"x"}, xy = {"x", "y"};

struct Problem {
  const char* name;
  model::Process process;
  model::Domain domain;
};

std::vector<Problem> problems() {
  auto ring = box(xy, -3, 3);
  ring.sides[0].lower_boundary = ring.sides[0].upper_boundary = Boundary::periodic;
  auto half_open = box(xy, -1, 1);
  half_open.sides[1].upper_boundary = Boundary::absorbing;
  return {{"reversible", langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.25, xy), box(xy, -2, 2)},
          {"rotating", drifted({"-x + 1.3*y", "-y - 1.3*x + 0.2"}, {"1", "0.7"}, xy), box(xy, -3, 3)},
          {"absorbing", langevin("x^2 + 0.5*x + y^2", 0.5, xy), half_open},
          {"periodic", drifted({"0.7 + sin(pi*x/3)", "1 - y"}, {"0.8", "0.6"}, xy), ring},
          {"line", drifted({"1 - x"}, {"sqrt(1 + 0.1*x^2)"}, x), box(x, -3, 3)}};
}

/// A law and an observable without any symmetry.
std::vector<double> start_of(const Problem& p, const law::GridPart& part) {
  return gaussian(p.process.variables, std::vector<double>(p.domain.dimension(), 0.3),
                  std::vector<double>(p.domain.dimension(), 0.25))
      .cell_masses(part);
}
std::vector<double> observable(const Problem& p, const law::GridPart& part) {
  return law::cell_averages(
      part, parse(p.domain.dimension() == 1 ? "x^3 - x + 0.2" : "x^3 - x*y + 0.2*y", p.process.variables));
}

double dot(const law::GridPart& part, const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> terms(a.size());
  for (std::size_t c = 0; c < a.size(); ++c) terms[c] = a[c] * b[c];
  return law::total(part, terms);
}

TEST(Transposed, MovesForwardWhatTheOtherMovesBackwardAndBack) {
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, 14);
    const auto A = build_generator(p.process, p.domain, part), B = transposed(*A);
    Field u = A->field(), v = B->field();
    const auto f = observable(p, part);
    std::copy(f.begin(), f.end(), u.data());
    std::copy(f.begin(), f.end(), v.data());
    std::vector<double> one(f.size()), two(f.size());
    const double allowed = 1e-13 * A->largest_outflow() * 30;  // |f| < 30, a few roundings of the rates
    A->apply_transpose(u, one);
    B->apply(v, two);
    for (std::size_t c = 0; c < f.size(); ++c) EXPECT_NEAR(one[c], two[c], allowed) << p.name;
    A->apply(u, one);
    B->apply_transpose(v, two);
    for (std::size_t c = 0; c < f.size(); ++c) EXPECT_NEAR(one[c], two[c], allowed) << p.name;
  }
}

TEST(MpiBackward, ExpectationsAreDualToTheForwardOnesToRoundOff) {
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, 24, parallel::Communicator::world());
    const auto A = build_generator(p.process, p.domain, part);
    const auto f = observable(p, part), start = start_of(p, part);
    const std::vector<double> times = {0.1, 0.5, 1.7};
    const auto u = backward_expectation(A, f, times, 1e-10);
    EXPECT_TRUE(u.exact_in_time) << p.name;
    for (std::size_t k = 0; k < times.size(); ++k) {
      const auto m = evolve("uniformisation", p.process, p.domain, part, start, times[k]);
      EXPECT_NEAR(dot(part, start, u.at_time[k]), dot(part, m, f), 1e-12) << p.name << ' ' << times[k];
      ++checked;
    }
  }
  EXPECT_EQ(checked, 15U);
}

TEST(Backward, ExpectationOfOneIsOneInAClosedBoxAndTheSurvivalOtherwise) {
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, 16);
    const auto A = build_generator(p.process, p.domain, part);
    const std::vector<double> one(part.size(), 1.0);
    const auto u = backward_expectation(A, one, {2.0}, 1e-10).at_time[0];
    if (A->is_closed())
      for (const double v : u) EXPECT_NEAR(v, 1, 1e-12) << p.name;
    else
      for (const double v : u) EXPECT_TRUE(v > 0 && v < 1) << p.name;
  }
}

TEST(Backward, SurvivalIsThatOfTheForwardEquation) {
  const auto process = langevin("(x^2-1)^2 + 0.2*x + y^2", 0.3, xy);
  const auto domain = box(xy, -2, 2);
  const std::vector<formula::Formula> sets = {parse("x + 0.4*y > 0.13", xy)};
  const auto part = grid(domain, 24);
  const auto stopped = stop(*build_generator(process, domain, part), sets);
  const auto start = start_at_point(stopped, domain, {-0.7, 0.21}, sets);
  StoppedSystem forward(stopped.generator, Direction::forward);
  const std::vector<double> times = {0.3, 2, 40};
  const auto S = survival(stopped, start, quasi_stationary(forward, stopped), times, 1e-12);
  std::vector<double> kept(part.size());
  for (std::size_t c = 0; c < kept.size(); ++c) kept[c] = stopped.kept(c) ? 1 : 0;
  const auto u = backward_expectation(stopped.generator, kept, times, 1e-12);
  // The forward law is followed until it is quasi-stationary to 1e-11, and by an exponential from there on.
  for (std::size_t k = 0; k < times.size(); ++k)
    EXPECT_NEAR(dot(part, start.masses, u.at_time[k]) / S.survival[k], 1, 3e-11) << times[k];
}

TEST(Backward, MomentsOfTheOrnsteinUhlenbeckProcessAreMehlersFormula) {
  // dX = (mu - X) dt + sqrt(2 D) dW:  X_t given x is normal, mean mu + (x - mu) e^-t, variance D (1 - e^-2t).
  const double mu = 0.4, D = 0.5, t = 0.6;
  for (const std::size_t cells : {50, 100, 200}) {
    const auto domain = box(x, -5, 5);
    const auto part = grid(domain, cells);
    const auto A = build_generator(langevin("(x-0.4)^2/2", D, x), domain, part);
    const double h = 10.0 / static_cast<double>(cells);
    const auto mean = backward_expectation(A, law::cell_averages(part, parse("x", x)), {t}, 1e-10).at_time[0];
    const auto cube =
        backward_expectation(A, law::cell_averages(part, parse("x^3", x)), {t}, 1e-10).at_time[0];
    std::size_t checked = 0;
    for (std::size_t c = 0; c < cells; ++c) {
      const double s = part.grid().axis(0).center(c);
      if (std::abs(s) > 2.5) continue;  // the walls are felt beyond: 4 standard deviations away from here
      const double m = mu + (s - mu) * std::exp(-t), v = D * (1 - std::exp(-2 * t));
      EXPECT_NEAR(mean[c], m, 0.3 * h * h) << s;
      EXPECT_NEAR(cube[c], m * m * m + 3 * m * v, 3.5 * h * h) << s;
      ++checked;
    }
    EXPECT_GT(checked, cells / 3);
  }
}

TEST(Backward, ExpectationOfATimeDependentProcessIsDualWithinTheTolerance) {
  const auto process = drifted({"cos(3*t) - x"}, {"sqrt(0.5 + 0.4*sin(2*t))"}, x);
  const auto domain = box(x, -4, 4);
  const auto part = grid(domain, 60);
  const auto generator = generator_in_time(process, domain, part);
  const auto f = law::cell_averages(part, parse("x^2 - x", x));
  const auto start = gaussian(x, {0.7}, {0.3}).cell_masses(part);
  const double T = 1.3, tolerance = 1e-9;
  const auto u = backward_expectation_at(generator, f, T, tolerance);
  const auto m = evolve("auto", process, domain, part, start, T, tolerance);
  EXPECT_NEAR(dot(part, start, u), dot(part, m, f), 20 * tolerance * 2);  // both ways, |f| at most 20
}

}  // namespace
}  // namespace fpk::solvers
