// What each absorbing face takes: against the exponential of the chain with a cell beyond every wall, and
// against closed forms.
#include "solvers/exits.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <Eigen/Dense>
#include <numbers>
#include <unsupported/Eigen/MatrixFunctions>

#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

/// The generator with one more cell beyond each absorbing face, which mass enters and never leaves.
Eigen::MatrixXd with_cells_beyond_the_walls(const Generator& g) {
  const auto n = static_cast<Eigen::Index>(g.part().size());
  const auto& exits = g.rates().exits;
  const auto all = n + static_cast<Eigen::Index>(exits.size());
  Eigen::MatrixXd A = Eigen::MatrixXd::Zero(all, all);
  std::vector<double> column(g.part().size());
  for (Eigen::Index j = 0; j < n; ++j) {
    Field unit = g.field();
    unit.data()[j] = 1;
    g.apply(unit, column);
    A.col(j).head(n) = Eigen::Map<Eigen::VectorXd>(column.data(), n);
  }
  for (std::size_t f = 0; f < exits.size(); ++f)
    for (std::size_t k = 0; k < exits[f].cells.size(); ++k)
      A(n + static_cast<Eigen::Index>(f), static_cast<Eigen::Index>(exits[f].cells[k])) += exits[f].rates[k];
  return A;
}

Eigen::VectorXd padded(const std::vector<double>& masses, Eigen::Index size) {
  Eigen::VectorXd m = Eigen::VectorXd::Zero(size);
  for (std::size_t c = 0; c < masses.size(); ++c) m[static_cast<Eigen::Index>(c)] = masses[c];
  return m;
}

PropagatorTask task_for(const model::Process& process, const model::Domain& domain, const law::GridPart& part,
                        double duration, double tolerance) {
  return {generator_in_time(process, domain, part), process.depends_on_time(), duration, tolerance};
}

struct Outcome {
  std::vector<double> masses, absorbed;
};

Outcome run(const std::string& propagator, const PropagatorTask& task, std::vector<double> masses) {
  const auto p = choose_propagator(propagator, task).propagator->make(task);
  ExitAccount account(task, masses);
  account.advance(*p, masses, 0, 0.4 * task.duration, {});  // an observation on the way
  account.advance(*p, masses, 0.4 * task.duration, task.duration, {});
  return {masses, account.absorbed()};
}

/// Three faces of four absorb, and the force leans towards one of them.
model::Domain three_open_faces() {
  auto domain = box({"x", "y"}, -1, 1.3, Boundary::absorbing);
  domain.sides[1].lower_boundary = Boundary::reflecting;
  return domain;
}

TEST(Exits, TakeWhatTheChainWithCellsBeyondTheWallsSaysWithEveryPropagator) {
  const std::vector<std::string> xy = {"x", "y"};
  const auto domain = three_open_faces();
  const auto part = grid(domain, 9);
  const auto start = gaussian(xy, {0.2, -0.3}, {0.3, 0.4}).cell_masses(part);
  const double t = 0.6;
  std::size_t checked = 0;
  for (const auto& process : {langevin("0.5*x^2 - x + 0.4*x*y - 0.3*y", 0.4, xy),
                              drifted({"1 + y - x", "0.3 - x"}, {"0.9", "0.7"}, xy)}) {
    const auto A = with_cells_beyond_the_walls(*build_generator(process, domain, part));
    const Eigen::VectorXd exact = (A * t).exp() * padded(start, A.rows());
    for (const auto& p : propagators()) {
      if (p.needs_reversible && !process.reversible) continue;
      const double tolerance = 1e-7;
      const auto found = run(std::string(p.name), task_for(process, domain, part, t, tolerance), start);
      ASSERT_EQ(found.absorbed.size(), 3U);
      double sum = law::total(part, found.masses);
      for (std::size_t f = 0; f < 3; ++f) {
        EXPECT_NEAR(found.absorbed[f], exact[static_cast<Eigen::Index>(part.size() + f)], tolerance)
            << p.name << ' ' << f;
        EXPECT_GT(found.absorbed[f], 0.01);  // each face has something to tell
        sum += found.absorbed[f];
      }
      EXPECT_NEAR(sum, law::total(part, start), 1e-12) << p.name;  // whatever the tolerance in time
      ++checked;
    }
  }
  EXPECT_GE(checked, 7U);
}

TEST(Exits, AreIntegratedWhereTheForceTurnsInTime) {
  // Against Runge and Kutta's fourth-order rule on the chain with cells beyond the walls, 4000 steps: its error,
  // (rate h)^4 / 120, is below 1e-11.
  const auto process = drifted({"0.5 + 3*cos(5*t)"}, {"1"}, {"x"});
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  const auto part = grid(domain, 10);
  const auto start = gaussian({"x"}, {0.4}, {0.1}).cell_masses(part);
  const double t = 0.5;
  const auto A = [&](double at) {
    return with_cells_beyond_the_walls(*build_generator(process, domain, part, at));
  };
  Eigen::VectorXd m = padded(start, 12);
  const int steps = 4000;
  const double h = t / steps;
  for (int i = 0; i < steps; ++i) {
    const Eigen::MatrixXd first = A(i * h), middle = A((i + 0.5) * h), last = A((i + 1) * h);
    const Eigen::VectorXd k1 = first * m, k2 = middle * (m + h / 2 * k1), k3 = middle * (m + h / 2 * k2),
                          k4 = last * (m + h * k3);
    m += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  std::size_t checked = 0;
  for (const auto& p : propagators()) {
    if (!p.takes_time_dependence) continue;
    const double tolerance = 1e-6;
    const auto found = run(std::string(p.name), task_for(process, domain, part, t, tolerance), start);
    for (std::size_t f = 0; f < 2; ++f)
      EXPECT_NEAR(found.absorbed[f], m[static_cast<Eigen::Index>(10 + f)], 2 * tolerance) << p.name;
    EXPECT_NEAR(law::total(part, found.masses) + found.absorbed[0] + found.absorbed[1],
                law::total(part, start), 2 * tolerance);
    ++checked;
  }
  EXPECT_GE(checked, 2U);
  EXPECT_GT(std::abs(m[10] - m[11]), 0.1);
}

TEST(Exits, WithDriftSplitAsTheScaleFunctionSaysAndToSecondOrder) {
  // dX = v dt + sqrt(2 D) dW on [0, 1] from x0 leaves above with probability (1 - e^{-v x0/D}) / (1 - e^{-v/D})
  // (Gardiner 2009, eq. 5.2.189). By t = 6 less than 1e-15 is left.
  const double v = 1.2, D = 0.5, x0 = 0.35;
  const double above = -std::expm1(-v * x0 / D) / -std::expm1(-v / D);
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  for (const auto& process : {langevin("-1.2*x", D, {"x"}), drifted({"1.2"}, {"1"}, {"x"})}) {
    std::vector<double> errors;
    for (const std::size_t cells : {20, 40, 80}) {
      const auto part = grid(domain, cells);
      std::vector<double> start(cells, 0.0);  // x0 between two centres: mass and mean of a point
      const double h = 1.0 / static_cast<double>(cells), at = x0 / h - 0.5;
      const auto below = static_cast<std::size_t>(at);
      start[below + 1] = at - static_cast<double>(below);
      start[below] = 1 - start[below + 1];
      const auto found = run("auto", task_for(process, domain, part, 6, 1e-9), start);
      EXPECT_NEAR(found.absorbed[0] + found.absorbed[1], 1.0, 1e-12);
      errors.push_back(std::abs(found.absorbed[1] - above));
    }
    EXPECT_LT(errors[2], 3e-4);
    EXPECT_NEAR(std::log2(errors[0] / errors[2]) / 2, 2.0, 0.25);  // x0 falls between centres in other places
  }
}

TEST(Exits, PassTheFluxesOfTheHeatSeries) {
  // p = sum b_n sin(n pi x) exp(-D n^2 pi^2 t) from the density 2 x: b_n = 4 (-1)^{n+1} / (n pi); the fluxes are
  // D dp/dx at 0 and -D dp/dx at 1.
  const double D = 0.5, t = 0.08, pi = std::numbers::pi;
  double lower = 0, upper = 0;
  for (int n = 1; n < 60; ++n) {
    const double sign = n % 2 == 1 ? 1 : -1, term = 4 * D * std::exp(-D * n * n * pi * pi * t);
    lower += sign * term;
    upper += term;
  }
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  const auto process = langevin("0*x", D, {"x"});
  std::vector<double> errors;
  for (const std::size_t cells : {20, 40, 80}) {
    const auto part = grid(domain, cells);
    std::vector<double> start(cells);
    for (std::size_t c = 0; c < cells; ++c)
      start[c] = part.grid().axis(0).width(c) * 2 * part.grid().axis(0).center(c);
    const auto found = run("auto", task_for(process, domain, part, t, 1e-10), start);
    const auto fluxes = exit_fluxes(*build_generator(process, domain, part), found.masses);
    errors.push_back(std::abs(fluxes[0] - lower) + std::abs(fluxes[1] - upper));
  }
  EXPECT_GT(upper, 1.2 * lower);
  EXPECT_LT(errors[2], 2e-3);
  EXPECT_NEAR(std::log2(errors[1] / errors[2]), 2.0, 0.1);
}

TEST(Exits, AreNamedByVariableAndEnd) {
  const auto domain = three_open_faces();
  const auto part = grid(domain, 4);
  const auto process = langevin("x^2 + y^2", 1, {"x", "y"});
  const auto generator = build_generator(process, domain, part);
  std::vector<std::string> names;
  for (const auto& exit : generator->rates().exits) names.push_back(exit_name(part.grid(), exit));
  EXPECT_EQ(names, (std::vector<std::string>{"x_lower", "x_upper", "y_upper"}));
}

RC_GTEST_PROP(Exits, AreReachedWithProbabilitiesThatAddUpToOne, ()) {
  // Any mix of walls in one to three dimensions in which one absorbs at least.
  const auto d = *rc::gen::inRange<std::size_t>(1, 4);
  std::vector<std::string> variables = {"x", "y", "z"};
  variables.resize(d);
  model::Domain domain;
  for (const auto& v : variables) {
    const auto end = rc::gen::element(Boundary::reflecting, Boundary::absorbing);
    if (v == "x")
      domain.sides.push_back({v, -1, 1, *end, Boundary::absorbing});
    else if (*rc::gen::inRange(0, 4) == 0)
      domain.sides.push_back({v, -1, 1, Boundary::periodic, Boundary::periodic});
    else
      domain.sides.push_back({v, -1, 1, *end, *end});
  }
  // Noise that lets mass over every barrier: |barrier| <= 2 * 3 / pi = 1.9, D >= 0.18, so e^-11 at least.
  std::vector<std::string> drift, noise;
  for (std::size_t k = 0; k < d; ++k) {
    drift.push_back(std::to_string(*rc::gen::inRange(-30, 31) / 10.0) + "*cos(3.141592653589793*" +
                    variables[(k + 1) % d] + ")");
    noise.push_back(std::to_string(*rc::gen::inRange(6, 15) / 10.0));
  }
  const auto part = grid(domain, 5);
  const auto g = build_generator(drifted(drift, noise, variables), domain, part);
  const auto chances = exit_probabilities(*g);
  for (std::size_t c = 0; c < part.size(); ++c) {
    double sum = 0;
    for (const auto& h : chances) {
      RC_ASSERT(h[c] >= -1e-14);  // the rounding of a direct solve
      sum += h[c];
    }
    RC_ASSERT(std::abs(sum - 1) < 1e-14);
  }
}

}  // namespace
}  // namespace fpk::solvers
