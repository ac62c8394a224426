// Committors, reaction rates, quasi-stationary laws and survival against closed forms, and what holds on every grid.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <numbers>

#include "law/quadrature.hpp"
#include "problems.hpp"
#include "solvers/passage/committor.hpp"
#include "solvers/passage/passage_time.hpp"
#include "solvers/passage/survival.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using formula::Formula;
using model::Boundary;

const std::vector<std::string> x = {"x"}, xy = {"x", "y"};

struct Problem {
  std::vector<Formula> sets;
  law::GridPart part;
  std::shared_ptr<const Generator> generator;
  Stopped stopped;

  Problem(const model::Process& p, const model::Domain& d, const std::vector<std::string>& where,
          std::size_t cells, const parallel::Communicator& processes = parallel::Communicator::self())
      : part(grid(d, cells, processes)), generator(build_generator(p, d, part)) {
    for (const auto& text : where) sets.push_back(parse(text, p.variables));
    stopped = stop(*generator, sets);
  }

  [[nodiscard]] TransitionPaths paths() const {
    return transition_paths(*generator, stopped, stationary_masses(*generator).masses);
  }
  [[nodiscard]] QuasiStationary survivors() const {
    StoppedSystem forward(stopped.generator, Direction::forward);
    return quasi_stationary(forward, stopped);
  }
  [[nodiscard]] std::vector<double> mean_time() const {
    StoppedSystem backward(stopped.generator, Direction::backward);
    return passage_fields(backward, stopped, stopped.absorption).mean;
  }
};

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// Composite Gauss-Legendre quadrature with 4 nodes on n panels.
double integral(double a, double b, const std::function<double(double)>& f, int n = 400) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    for (std::size_t q = 0; q < law::gauss_nodes; ++q)
      sum += law::gauss_weight[q] * f(a + (b - a) * (i + law::gauss_node[q]) / n);
  return sum * (b - a) / n;
}

TEST(Committor, AndReactiveRateOfOneDimensionAreTheClosedForms) {
  // q = int_a^x exp(L/D) / int_a^b exp(L/D),  R = D / (Z int_a^b exp(L/D)); borders off the grid, no symmetry.
  const double D = 0.25, a = -0.83, b = 0.57;
  const auto L = [](double s) { return (s * s - 1) * (s * s - 1) + 0.3 * s; };
  const auto rising = [&](double s) { return std::exp(L(s) / D); };
  const double Z = integral(-2.5, 2.5, [&](double s) { return std::exp(-L(s) / D); });
  const double whole = integral(a, b, rising), R = D / (Z * whole);
  for (const std::size_t cells : {50, 100, 200, 400}) {
    const Problem p(langevin("(x^2-1)^2 + 0.3*x", D, x), box(x, -2.5, 2.5), {"x < -0.83", "x > 0.57"}, cells);
    const auto t = p.paths();
    const double h = 5.0 / static_cast<double>(cells);
    std::size_t between = 0;
    for (std::size_t c = 0; c < cells; ++c) {
      const double s = p.part.grid().axis(0).center(c);
      const double q = s < a ? 0 : s > b ? 1 : integral(a, s, rising) / whole;
      EXPECT_NEAR(t.forward[c], q, 0.8 * h * h) << cells << ' ' << s;
      EXPECT_NEAR(t.backward[c], 1 - t.forward[c], 1e-13);  // detailed balance
      if (!p.stopped.kept(c)) continue;
      EXPECT_NEAR(t.flux[3 * c] / t.rate, 1, 1e-11)
          << s;  // whoever leaves the source passes every point on the line
      ++between;
    }
    EXPECT_GT(between, cells / 5);
    EXPECT_NEAR(t.rate / R, 1, 3 * h * h) << cells;
    EXPECT_NEAR(t.rate_into_target / t.rate, 1, 1e-12);
  }
}

TEST(Committor, RateTendsToKramersLawAsTheTemperatureFalls) {
  // sqrt(L''(-1) |L''(0)|) / (2 pi) exp(-1/D), with a relative error of order D (Kramers 1940; Risken 1989, sec. 5.10)
  std::vector<double> error;
  for (const double D : {0.08, 0.04, 0.02}) {
    const Problem p(langevin("(x^2-1)^2", D, x), box(x, -1.8, 1.8), {"x < -0.9", "x > 0.9"}, 3600);
    const double kramers = std::sqrt(8.0 * 4.0) / (2 * std::numbers::pi) * std::exp(-1 / D);
    error.push_back(std::abs(p.paths().rate_forward / kramers - 1));
  }
  EXPECT_NEAR(std::log2(error[0] / error[1]), 1, 0.15);
  EXPECT_NEAR(std::log2(error[1] / error[2]), 1, 0.15);
  EXPECT_LT(error[2], 0.05);
}

TEST(Committor, ReadBackwardsIsThatOfTheProcessWithTheRotationReversed) {
  // dX = -(I + J) X dt + sqrt(2) dW: the stationary process read backwards turns the other way.
  const auto turning = [](const char* one, const char* two) {
    return drifted({one, two}, {"sqrt(2)", "sqrt(2)"}, xy);
  };
  const std::vector<std::string> sets = {"x < -1 and y < 0.5", "x + 0.3*y > 1.1"};
  double coarse = 0;
  for (const std::size_t cells : {32, 64}) {
    const Problem p(turning("-x + 1.5*y", "-y - 1.5*x"), box(xy, -4, 4), sets, cells);
    const Problem reversed(turning("-x - 1.5*y", "-y + 1.5*x"), box(xy, -4, 4), sets, cells);
    const auto t = p.paths();
    StoppedSystem backward(reversed.stopped.generator, Direction::backward);
    const auto q = committor(backward, reversed.stopped, 1);
    const auto pi = stationary_masses(*p.generator).masses;
    double error = 0, turned = 0;
    for (std::size_t c = 0; c < q.size(); ++c) {
      error += pi[c] * std::abs(t.backward[c] - (1 - q[c]));
      turned += pi[c] * std::abs(t.backward[c] - (1 - t.forward[c]));
    }
    EXPECT_GT(turned, 0.05) << "the rotation must show";
    EXPECT_NEAR(t.rate_into_target / t.rate, 1, 1e-11);
    const double h = 8.0 / static_cast<double>(cells);
    EXPECT_LT(error, 0.25 * h * h) << cells;
    coarse = error;
  }
  EXPECT_GT(coarse, 0);
}

TEST(QuasiStationary, LawOfBrownianMotionBetweenAbsorbingWallsIsASine) {
  const double D = 0.25, l = 1.3;
  const double exact = std::numbers::pi * std::numbers::pi * D / (l * l);
  auto domain = box(x, 0, l, Boundary::absorbing);
  std::vector<double> error;
  for (const std::size_t cells : {25, 50, 100}) {
    const Problem p(drifted({"0"}, {"sqrt(0.5)"}, x), domain, {}, cells);
    const auto q = p.survivors();
    error.push_back(std::abs(q.rate / exact - 1));
    const auto axis = p.part.grid().axis(0);
    for (std::size_t c = 0; c < cells; ++c) {
      const auto part_of_sine = [&](double s) { return std::cos(std::numbers::pi * s / l) / 2; };
      EXPECT_NEAR(q.law[c], part_of_sine(axis.edge(c)) - part_of_sine(axis.edge(c + 1)),
                  2 / static_cast<double>(cells * cells * cells));  // h^2 of the mass of a cell
    }
  }
  for (std::size_t k = 1; k < error.size(); ++k) EXPECT_NEAR(std::log2(error[k - 1] / error[k]), 2, 0.1);
}

TEST(QuasiStationary, RateOfTheOrnsteinUhlenbeckProcessBetweenZerosOfAHermitePolynomialIsItsDegree) {
  // u = He_3(x) = x^3 - 3 x vanishes at 0 and sqrt(3): between them it is the principal function, with rate 3, and
  // nu is proportional to (3 x - x^3) exp(-x^2/2). The zeros lie anywhere on the grid.
  for (const std::size_t cells : {40, 80, 160, 320}) {
    const Problem p(langevin("x^2/2", 1, x), box(x, -0.71, 2.63), {"x < 0 or x > sqrt(3)"}, cells);
    const auto q = p.survivors();
    const double h = 3.34 / static_cast<double>(cells);
    EXPECT_NEAR(q.rate, 3, 2 * h * h) << cells;
    const auto density = [](double s) { return (3 * s - s * s * s) * std::exp(-s * s / 2); };
    const double Z = integral(0, std::sqrt(3.0), density);
    double mean = 0;
    for (std::size_t c = 0; c < cells; ++c) mean += q.law[c] * p.part.grid().axis(0).center(c);
    EXPECT_NEAR(mean, integral(0, std::sqrt(3.0), [&](double s) { return s * density(s); }) / Z, h * h)
        << cells;
  }
}

TEST(QuasiStationary, RateKeepsItsDigitsFarBelowTheRoundingOfTheLargestRate) {
  // L = (x^2-1)^2 + y^2 at D = 1/26: rates near 1e3, passage 1e11. The plane falls into its axes, so that its answers are those of
  // the line, where no digit is lost.
  const double D = 1.0 / 26;
  const Problem line(langevin("(x^2-1)^2", D, x), box(x, -1.7, 1.7), {"x > 0.1"}, 60);
  const Problem plane(langevin("(x^2-1)^2 + y^2", D, xy), box(xy, -1.7, 1.7), {"x > 0.1"}, 60);
  const auto exact = line.survivors(), found = plane.survivors();
  EXPECT_LT(exact.rate, 1e-10 * line.generator->largest_outflow() / 100);
  EXPECT_NEAR(found.rate / exact.rate, 1, 1e-9);
  const auto tau = line.mean_time(), tau_plane = plane.mean_time();
  for (const std::size_t i : {5U, 12U, 20U})
    EXPECT_NEAR(tau_plane[i + 60 * 31] / tau[i], 1, 1e-9) << i;  // in plain double precision 1e-4
}

TEST(Survival, OfBrownianMotionIsTheHeatSeriesAndGoesOnAsAnExponential) {
  const double D = 0.25, s = 0.3;
  const auto exact = [&](double t) {
    double sum = 0;
    for (int n = 1; n < 60; n += 2)
      sum += 4 / (n * std::numbers::pi) * std::sin(n * std::numbers::pi * s) *
             std::exp(-D * n * n * std::numbers::pi * std::numbers::pi * t);
    return sum;
  };
  const auto domain = box(x, 0, 1, Boundary::absorbing);
  const Problem p(drifted({"0"}, {"sqrt(0.5)"}, x), domain, {}, 200);
  const auto start = start_at_point(p.stopped, domain, {s}, {});
  const std::vector<double> times = {0, 0.05, 0.2, 1, 3, 10};
  const auto found = survival(p.stopped, start, p.survivors(), times, 1e-10);
  ASSERT_TRUE(found.settled.has_value());
  EXPECT_LT(*found.settled, 10);
  for (std::size_t k = 1; k < times.size(); ++k) {
    EXPECT_NEAR(found.survival[k] / exact(times[k]), 1, 3e-4 * (1 + times[k]))
        << times[k];  // h^2 of the rate, times t
    // The density of the exit is minus the slope of the survival.
    const double dt = 1e-4;
    EXPECT_NEAR(found.at_faces[k] / ((exact(times[k] - dt) - exact(times[k] + dt)) / (2 * dt)), 1,
                1e-3 * (1 + times[k]))
        << times[k];
  }
}

TEST(Passage, HoldsItsIdentitiesForRandomPotentialsSetsAndBoundaries) {
  const auto random = [] { return 0.01 * *rc::gen::inRange(-100, 101); };
  std::size_t checked = 0;
  const bool good = rc::check([&] {
    const double a = random(), b = random(), c = random(), cut = 0.8 * random();
    auto domain = box(xy, -2, 2);
    if (*rc::gen::arbitrary<bool>())
      domain.sides[1].lower_boundary = domain.sides[1].upper_boundary = Boundary::periodic;
    const bool absorbing = *rc::gen::arbitrary<bool>();
    if (absorbing) domain.sides[0].lower_boundary = Boundary::absorbing;
    const auto text = [](double v) { return "(" + std::to_string(v) + ")"; };
    const auto process =
        *rc::gen::arbitrary<bool>()
            ? langevin(text(a) + "*x^2 + " + text(b) + "*sin(x)*cos(pi*y/2)", 0.3, xy)
            : drifted({text(a) + "*x + " + text(b) + "*sin(pi*y/2)", text(c) + " + cos(pi*y/2)"},
                      {"0.8", "0.6"}, xy);
    const Problem p(process, domain, {"x + 0.3*sin(pi*y/2) > " + text(cut)}, 12);
    for (const Border& border : p.stopped.borders) {
      RC_ASSERT((border.theta > 0 && border.theta <= 1));
      RC_ASSERT(border.rate >= border.out * (1 - 1e-14));  // the wall is nearer than the neighbour was
    }
    const auto tau = p.mean_time();
    for (std::size_t i = 0; i < tau.size(); ++i) RC_ASSERT((p.stopped.kept(i) ? tau[i] > 0 : tau[i] == 0));
    const auto q = p.survivors();
    RC_ASSERT(std::abs(q.rate * dot(q.law, tau) - 1) <
              1e-9);  // E tau from nu is 1/lambda; nu to 1e-12, but for rounding
    if (!absorbing) {
      const Problem two(process, domain, {"x < -1.3", "x + 0.3*sin(pi*y/2) > " + text(std::max(cut, -0.5))},
                        12);
      const auto t = two.paths();
      RC_ASSERT(std::abs(t.rate / t.rate_into_target - 1) < 1e-9);
      for (std::size_t i = 0; i < t.forward.size(); ++i) {
        RC_ASSERT((t.forward[i] >= 0 && t.forward[i] <= 1 + 1e-12));
        RC_ASSERT((t.backward[i] >= -1e-12 && t.backward[i] <= 1 + 1e-9));
      }
    }
    ++checked;
  });
  EXPECT_TRUE(good);
  EXPECT_GE(checked, 100U);
}

TEST(Passage, RefusesSetsThatHoldNothingOrOverlap) {
  const auto process = langevin("x^2", 1, x);
  const auto domain = box(x, -1, 1);
  EXPECT_THROW(Problem(process, domain, {"x > 2"}, 8), std::invalid_argument);
  EXPECT_THROW(Problem(process, domain, {"x > 0", "x > 0.5"}, 8), std::invalid_argument);
  EXPECT_THROW(Problem(process, domain, {"x > -2"}, 8), std::invalid_argument);
}

/// What this process holds of a whole array of `n` numbers a cell.
std::vector<double> own(const law::GridPart& part, const std::vector<double>& whole, std::size_t n = 1) {
  const auto begin = whole.begin() + static_cast<std::ptrdiff_t>(n * part.first());
  return {begin, begin + static_cast<std::ptrdiff_t>(n * part.size())};
}

TEST(MpiPassage, IsTheOneOfASingleProcess) {
  auto ring = box(xy, -3, 3);
  ring.sides[1].lower_boundary = ring.sides[1].upper_boundary = Boundary::periodic;
  struct Case {
    model::Process process;
    model::Domain domain;
    std::vector<std::string> sets;
  };
  // Borders along both axes, and along the one that is shared.
  const std::vector<Case> cases = {
      {langevin("(x^2-1)^2 + 0.2*x", 0.25, x), box(x, -2, 2), {"x < -0.93", "x > 0.81"}},
      {langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.25, xy), box(xy, -2, 2), {"x + y < -1.1", "x + 0.5*y > 0.9"}},
      {drifted({"1 - x", "0.7 + sin(y)"}, {"0.8", "0.6"}, xy),
       ring,
       {"y > 1.3 or y < -2.1", "x > 1 and abs(y) < 0.8"}}};
  for (std::size_t k = 0; k < cases.size(); ++k) {
    const auto& c = cases[k];
    const Problem whole(c.process, c.domain, c.sets, 16),
        shared(c.process, c.domain, c.sets, 16, parallel::Communicator::world());
    const auto t = whole.paths(), s = shared.paths();
    EXPECT_NEAR(s.rate / t.rate, 1, 1e-11) << k;
    EXPECT_NEAR(s.rate_forward / t.rate_forward, 1, 1e-11) << k;
    const auto tau = own(shared.part, whole.mean_time()), mine = shared.mean_time();
    const auto q = own(shared.part, t.forward), r = own(shared.part, t.backward),
               J = own(shared.part, t.flux, 3);
    for (std::size_t i = 0; i < mine.size(); ++i) {
      EXPECT_NEAR(mine[i], tau[i], 1e-11 * (1 + tau[i])) << k;
      EXPECT_NEAR(s.forward[i], q[i], 1e-11) << k;
      EXPECT_NEAR(s.backward[i], r[i], 1e-10) << k;
    }
    for (std::size_t i = 0; i < J.size(); ++i)
      EXPECT_NEAR(s.flux[i], J[i], 1e-10 * t.rate * 16) << k << ' ' << i;
    EXPECT_NEAR(shared.survivors().rate / whole.survivors().rate, 1, 1e-11) << k;
  }
}

}  // namespace
}  // namespace fpk::solvers
