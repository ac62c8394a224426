// The weak order of every scheme in the table, without sampling noise: the backward iteration u <- P u of the production step on
// quadrature nodes, against exp(T A) f. What is promised is read from the table.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "model/noise_convention.hpp"
#include "sde/schemes/compiled_step.hpp"
#include "sde/schemes/platen_weak_2.hpp"
#include "sde/schemes/roessler_srk.hpp"
#include "sde/schemes/stochastic_heun.hpp"
#include "tests/operator/order_processes.hpp"
#include "tests/sde/torus_operator.hpp"

namespace {

using namespace fpk;
using namespace fpk::sde;
using problems::process;
using torus::MatrixXd;
using torus::VectorXd;

struct Problem {
  std::string name;
  model::Process process;
  int points;  ///< an axis
  double T;
};

/// No symmetry in any: not of drift, noise, observable or start.
const std::vector<Problem>& testbed() {
  static const std::vector<Problem> all{
      {"one source", orders::one_source(), 25, 1},
      {"additive noise", process({"x"}, {"0.2 + 0.7*sin(x) - 0.2*cos(2*x)"}, {{"0.6"}}), 33, 1},
      {"time", process({"x"}, {"0.3*cos(3*t) + 0.5*sin(x)"}, {{"(0.5 + 0.2*sin(x))*(1 + 0.4*sin(2*t))"}}), 25,
       1},
      {"potential", orders::on_a_potential(), 33, 1},
      {"diagonal noise", orders::diagonal_noise(), 15, 0.8},
      {"two sources that do not commute", orders::sources_that_do_not_commute(), 15, 0.8},
  };
  return all;
}

/// Largest error over all starts of E f(X_T) by n steps.
double error(const Scheme& scheme, const Problem& p, NoiseKind kind, int n, const VectorXd& f,
             const VectorXd& exact) {
  const std::size_t d = p.process.dimension();
  const torus::Torus grid(d, p.points);
  const auto nodes = torus::nodes(kind, d == 1 ? 9 : 5);
  const double dt = p.T / n;
  VectorXd u = torus::observation_operator(scheme, grid, d, nodes, dt) * f;
  const bool moves = p.process.depends_on_time();
  MatrixXd P;
  for (int k = n; k-- > 0;) {
    if (moves || k == n - 1) P = torus::one_step_operator(scheme, grid, d, nodes, k * dt, dt);
    u = P * u;
  }
  return (u - exact).lpNorm<Eigen::Infinity>();
}

double observable(const std::vector<double>& x) {
  return x.size() == 1 ? std::sin(x[0]) + 0.5 * std::cos(x[0] - 0.3)
                       : std::sin(x[0]) * (1 + 0.5 * std::cos(x[1])) + 0.4 * std::sin(x[1] - 0.3 - x[0]);
}

struct Slope {
  double order, error;
};

/// Observable and exact expectation on the grid of a problem, computed once.
const std::pair<VectorXd, VectorXd>& reference(const Problem& p) {
  static std::map<std::string, std::pair<VectorXd, VectorXd>> known;
  const auto found = known.find(p.name);
  if (found != known.end()) return found->second;
  const torus::Torus grid(p.process.dimension(), p.points);
  const VectorXd f = torus::on_grid(grid, observable);
  return known[p.name] = {f, torus::exact_expectation(p.process, grid, p.T, f)};
}

Slope slope(const Scheme& scheme, const Problem& p, NoiseKind kind, int n) {
  const auto& [f, exact] = reference(p);
  const double coarse = error(scheme, p, kind, n, f, exact), fine = error(scheme, p, kind, 2 * n, f, exact);
  return {std::log2(coarse / fine), fine};
}

// The order between the last two steps of a finite ladder misses the limit by a share of dt: 0.2 covers every row, and is a
// fifth of what would make it another order.
TEST(WeakOrder, IsThatOfTheTableForEverySchemeAndNoise) {
  int checked = 0;
  for (const auto& row : schemes())
    for (const auto& p : testbed()) {
      if (!row.refusal(p.process).empty()) continue;
      const auto scheme = row.make(p.process);
      for (const auto kind : noise_kinds()) {
        const double promised = weak_order(row, p.process, kind, problems::box(p.process.variables, 0, 7));
        if (std::isinf(promised)) continue;
        const auto [order, error] = slope(*scheme, p, kind, 16);
        EXPECT_NEAR(order, promised, 0.2)
            << row.name << ", " << p.name << ", " << name(kind) << ", error " << error;
        ++checked;
      }
    }
  EXPECT_GT(checked, 50);
}

const Problem& problem(const std::string& name) {
  return *std::find_if(testbed().begin(), testbed().end(), [&](const auto& p) { return p.name == name; });
}

/// What is left of the order where the scheme solves another process than the problem's.
double order_for(const SchemeFacts& row, const Problem& p, const model::Process& wrong) {
  return slope(*row.make(wrong), p, NoiseKind::three_point, 16).order;
}

/// By every scheme that takes the problem.
void expect_lost(const Problem& p, const model::Process& wrong) {
  int checked = 0;
  for (const auto& row : schemes()) {
    if (!row.refusal(p.process).empty()) continue;
    EXPECT_LT(order_for(row, p, wrong), row.weak_order - 0.2) << row.name;
    ++checked;
  }
  EXPECT_GE(checked, 7);
}

TEST(WeakOrder, IsLostByAWrongDriftFactor) {
  const auto& p = problem("one source");
  auto wrong = p.process;
  wrong.drift[0] = wrong.drift[0] * Formula(1.1);
  expect_lost(p, wrong);
}

TEST(WeakOrder, IsLostByHalfTheNoise) {
  const auto& p = problem("one source");
  auto wrong = p.process;
  wrong.noise[0][0] = wrong.noise[0][0] * Formula(std::sqrt(0.5));
  expect_lost(p, wrong);
}

TEST(WeakOrder, IsLostByHeunWithoutTheConversionOfItsDrift) {
  const auto& p = problem("one source");
  auto unconverted = p.process;  // as if the Ito drift had been given in the other sense
  unconverted.given_in = model::find_noise_convention("stratonovich");
  unconverted.drift_as_given = unconverted.drift;
  EXPECT_LT(order_for(*find_scheme("stochastic-heun"), p, unconverted), 0.3);
}

/// The formulas with the signs, which stand for the areas between paths, set to nothing.
StepFormulas without_areas(StepFormulas step) {
  for (auto& f : step.next)
    for (std::size_t k = 0; k < step.draws.signs; ++k)
      f = f.substitute(Letters::sign(k).variables().front(), Formula(0.0));
  return step;
}

TEST(WeakOrder, FallsTo1WithoutTheAreasBetweenPaths) {
  const auto& p = problem("two sources that do not commute");
  for (const auto& step : {platen_weak_2(p.process), roessler_srk(p.process)})
    EXPECT_NEAR(slope(CompiledStep(p.process, without_areas(step)), p, NoiseKind::three_point, 16).order, 1,
                0.3);
}

TEST(WeakOrder, FallsTo1WithoutTheDoubleIntegralsOfOneSource) {
  const auto& p = problem("one source");
  auto tableau = dri1();
  tableau.beta2 = {0, 0, 0};
  EXPECT_NEAR(
      slope(CompiledStep(p.process, roessler_srk(p.process, tableau)), p, NoiseKind::normal, 16).order, 1,
      0.3);
}

// ---- invariant laws

/// L1 distance of the invariant law of the observed chain, on the grid's points, to exp(-L/D).
double invariant_error(const Scheme& scheme, const model::Process& process, double dt) {
  const torus::Torus grid(1, 33);
  const auto nodes = torus::nodes(NoiseKind::normal, 11);
  const VectorXd state = torus::invariant_law(torus::one_step_operator(scheme, grid, 1, nodes, 0, dt));
  const VectorXd seen = torus::observation_operator(scheme, grid, 1, nodes, dt).transpose() * state;
  const formula::Program L(process.reversible->potential, {"x"});
  VectorXd gibbs = torus::on_grid(
      grid, [&](const auto& x) { return std::exp(-L(x).front() / process.reversible->temperature); });
  gibbs /= gibbs.sum();
  return (seen - gibbs).lpNorm<1>();
}

// What tells Leimkuhler and Matthews from Euler and Maruyama, both of weak order 1.
TEST(InvariantOrder, IsThatOfTheTable) {
  const auto& p = problem("potential").process;
  int checked = 0;
  for (const auto& row : schemes()) {
    if (!row.refusal(p).empty() || std::isinf(row.invariant_order)) continue;
    const auto scheme = row.make(p);
    const double coarse = invariant_error(*scheme, p, 0.1), fine = invariant_error(*scheme, p, 0.05);
    EXPECT_NEAR(std::log2(coarse / fine), row.invariant_order, 0.25) << row.name << ", error " << fine;
    ++checked;
  }
  EXPECT_GE(checked, 8);
}

}  // namespace
