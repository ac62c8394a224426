// The Markov properties of the generator: exact, on any grid and for any process.
#include "solvers/generator.hpp"

#include <gtest/gtest.h>

#include <random>

#include "problems.hpp"
#include "solvers/rates/reversible_rates.hpp"
#include "solvers/solver_error.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

struct Problem {
  const char* name;
  model::Process process;
  model::Domain domain;
  std::size_t cells;
};

/// Reversible and not, one to three dimensions, every kind of wall.
std::vector<Problem> problems() {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"}, xyz = {"x", "y", "z"};
  auto mixed = box(xy, -2, 2);
  mixed.sides[0].lower_boundary = mixed.sides[0].upper_boundary = Boundary::periodic;
  mixed.sides[1].upper_boundary = Boundary::absorbing;
  auto ring = box(xy, -3, 3);
  ring.sides[1].lower_boundary = ring.sides[1].upper_boundary = Boundary::periodic;
  auto half_open = ring;  // absorbing below in x, and around in y
  half_open.sides[0].lower_boundary = Boundary::absorbing;
  auto mixed_3d = box(xyz, -2, 2);
  mixed_3d.sides[1].lower_boundary = mixed_3d.sides[1].upper_boundary = Boundary::periodic;
  return {
      {"double well", langevin("(x^2-1)^2", 0.25, x), box(x, -2.5, 2.5), 40},
      {"ring", langevin("cos(x)", 0.3, x), box(x, -3.141592653589793, 3.141592653589793, Boundary::periodic),
       31},
      {"absorbing well", langevin("(x^2-1)^2 + 0.3*x", 0.25, x), box(x, -2, 2, Boundary::absorbing), 25},
      {"2-D well", langevin("(x^2-1)^2 + (y - 0.3*x)^2", 0.25, xy), box(xy, -2.5, 2.5), 17},
      {"mixed walls", langevin("cos(1.5707963267948966*x) + y^2 + 0.2*y", 0.4, xy), mixed, 12},
      {"rotation", drifted({"-x + 3*y", "-2*x - y"}, {"0.7", "1.1"}, xy), box(xy, -4, 4), 15},
      {"ring with drift", drifted({"1 - x", "0.7 + sin(y)"}, {"sqrt(0.1 + x^2)", "0.6"}, xy), ring, 14},
      {"no noise in x", drifted({"y", "-x - y"}, {"0", "1"}, xy), box(xy, -3, 3), 13},
      {"mixed noise", correlated({"-x + 3*y", "-2*x - y"}, {{"1", "0.3"}, {"-1.1", "0.4 + 0.1*x^2"}}, xy),
       box(xy, -4, 4), 16},
      {"mixed noise between walls",
       correlated({"1 - x", "0.7 + sin(y)"}, {{"0.9", "0.2"}, {"0.8", "0.5"}}, xy), half_open, 14},
      {"mixed noise on rings", correlated({"sin(x)", "0.7 + sin(y)"}, {{"0.9", "0.2"}, {"0.8", "0.5"}}, xy),
       box(xy, -3, 3, Boundary::periodic), 13},
      {"mixed noise in 3-D",
       correlated({"-x + y", "-y - z", "x - 2*z"},
                  {{"1", "0.2", "0"}, {"0.6", "0.7 + 0.1*sin(x)", "0.3"}, {"-0.4", "0.3", "0.8"}}, xyz),
       mixed_3d, 9},
      {"3-D wells", langevin("(x^2-1)^2 + (y^2-1)^2 + z^2 + 0.2*x*z", 0.5, xyz), box(xyz, -2, 2), 9},
  };
}

std::vector<double> random_values(std::size_t n, unsigned seed) {
  std::mt19937_64 engine(seed);
  std::vector<double> v(n);
  for (auto& x : v) x = static_cast<double>(engine() >> 11U) * 0x1p-53;
  return v;
}

std::vector<double> applied(const Generator& g, const std::vector<double>& v, bool transposed = false) {
  Field field = g.field();
  std::copy(v.begin(), v.end(), field.data());
  std::vector<double> out(v.size());
  transposed ? g.apply_transpose(field, out) : g.apply(field, out);
  return out;
}

TEST(Generator, HasNonNegativeRatesAndColumnsThatSumToTheAbsorption) {
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    const auto g = build_generator(p.process, p.domain, grid(p.domain, p.cells));
    for (const auto& f : g->rates().families)
      for (const auto* field : {&f.forward, &f.backward})
        for (const double r : field->own()) ASSERT_GE(r, 0.0) << p.name;
    // Columns of A: A^T 1 = -absorption.
    const auto sums = applied(*g, std::vector<double>(g->part().size(), 1.0), true);
    const auto absorption = g->rates().absorption();
    for (std::size_t c = 0; c < sums.size(); ++c, ++checked)
      EXPECT_NEAR(sums[c] + absorption[c], 0.0, 1e-14 * g->largest_outflow())
          << p.name;  // 5 roundings of the rates
  }
  EXPECT_GT(checked, 1000U);
}

TEST(Generator, ItsApplicationsForwardAndBackwardAreDual) {
  for (const auto& p : problems()) {
    const auto g = build_generator(p.process, p.domain, grid(p.domain, p.cells));
    const auto m = random_values(g->part().size(), 1), u = random_values(g->part().size(), 2);
    const auto Am = applied(g->linear(), m), Atu = applied(*g, u, true);
    double left = 0, right = 0, scale = 0;
    for (std::size_t c = 0; c < m.size(); ++c) {
      left += u[c] * Am[c];
      right += Atu[c] * m[c];
      scale += g->outflow()[c];
    }
    EXPECT_NEAR(left, right, 1e-14 * scale) << p.name;
  }
}

TEST(Generator, ShortChainsKeepMassAndPositivity) {
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, p.cells);
    auto m = random_values(part.size(), 3);
    const double before = law::total(part, m);
    const bool limited = build_generator(p.process, p.domain, part)->is_limited();
    const auto after =
        evolve(limited ? "ssp" : "uniformisation", p.process, p.domain, part, m, 0.05, limited ? 1e-3 : 1e-9);
    EXPECT_GE(*std::min_element(after.begin(), after.end()), 0.0) << p.name;
    if (p.domain.is_closed())
      EXPECT_NEAR(law::total(part, after) / before, 1.0, 1e-13) << p.name;
    else
      EXPECT_LT(law::total(part, after), before) << p.name;
  }
}

TEST(ReversibleRates, LeaveTheExactGibbsLawStationaryWithEveryWeightOnFreeEnergies) {
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    if (!p.process.reversible || !p.domain.is_closed()) continue;
    const auto part = grid(p.domain, p.cells);
    const auto pi = gibbs(p.process, part);
    for (const auto& weight : face_weights()) {
      if (weight.energy != Energy::cell_average) continue;
      const Generator g(reversible_rates(p.process, p.domain, part, weight));
      const auto change = applied(g, pi);
      double moved = 0;
      for (std::size_t c = 0; c < pi.size(); ++c) moved += g.outflow()[c] * pi[c];
      for (const double d : change) EXPECT_NEAR(d, 0.0, 1e-14 * moved) << p.name << ' ' << weight.name;
      EXPECT_LT(l1_distance(part, stationary_masses(g).masses, pi), 1e-13) << p.name << ' ' << weight.name;
      ++checked;
    }
  }
  EXPECT_GE(checked, 9U);
}

TEST(ReversibleRates, StayFiniteAndExactAtHugePecletNumbers) {
  // D = 0.001: energies of 2.8e4 D across the box, cell Peclet numbers up to 1.3e4, 3400 and 656.
  const auto process = langevin("(x^2-1)^2", 0.001, {"x"});
  const auto domain = box({"x"}, -2.5, 2.5);
  for (const std::size_t cells : {20, 77, 400}) {
    const auto part = grid(domain, cells);
    const auto g = build_generator(process, domain, part);
    EXPECT_LT(l1_distance(part, stationary_masses(*g).masses, gibbs(process, part)), 1e-13) << cells;
    // The transport rate of an unresolved cell is |b| / h, not exponentially less. Its mass sits at its lower
    // end, so b is the mean drift over the cell below; the lowest node of the quadrature lies 0.07 h further
    // up, where |b| is larger by no more than 0.07 h L''(2) = 0.07 h 44.
    const law::Axis& x = part.grid().axis(0);
    const std::size_t c = x.find(2.0);
    const double h = x.width(c), low = x.edges()[c];
    const auto L = [](double at) { return (at * at - 1) * (at * at - 1); };
    const double b = (L(low) - L(low - h)) / h;
    EXPECT_NEAR(g->outflow()[c] * h, b, 0.07 * h * 44) << cells;
  }
}

TEST(Stationary, NullVectorOfARotationIsItsGaussian) {
  // Lyapunov: B C + C B^T + 2 a = 0 for dX = B X dt + sqrt(2 a) dW.
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = drifted({"-x + 2*y", "-2*x - y"}, {"sqrt(0.5)", "sqrt(0.5)"}, xy);
  const auto domain = box(xy, -2.5, 2.5);
  const auto exact = gaussian(xy, {0, 0}, {0.5, 0.5});  // isotropic: C = a / 1 = 0.25
  double previous = 0;
  for (const std::size_t cells : {40, 80, 160}) {
    const auto part = grid(domain, cells);
    const auto found = stationary_masses(*build_generator(process, domain, part));
    EXPECT_FALSE(found.from_detailed_balance);
    EXPECT_LT(found.residual, 1e-13);
    EXPECT_GE(*std::min_element(found.masses.begin(), found.masses.end()), 0.0);
    const double error = l1_distance(part, found.masses, exact.cell_masses(part));
    if (cells == 80) {
      EXPECT_LT(error, previous / 2.5);  // second order: 4, less what cells beyond Peclet number 2 lack
    }
    if (cells == 160) {
      EXPECT_LT(error, previous / 3.7);
    }
    previous = error;
  }
}

TEST(Stationary, ABoxThatAbsorbsHasNone) {
  const auto domain = box({"x"}, 0, 1, Boundary::absorbing);
  const auto g = build_generator(langevin("0*x", 1, {"x"}), domain, grid(domain, 8));
  EXPECT_THROW((void)stationary_masses(*g), SolverError);
}

}  // namespace
}  // namespace fpk::solvers
