// The multigrid for stationary laws against Gibbs laws that it is not told, in every cell, and against a factorisation.
#include "solvers/multigrid/stationary_multigrid.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include "problems.hpp"
#include "solvers/petsc/shifted_system.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

/// Largest |x_c / pi_c - 1| over cells whose weight is in the range of numbers.
double worst_ratio(const std::vector<double>& x, const std::vector<double>& pi) {
  double worst = 0;
  for (std::size_t c = 0; c < x.size(); ++c)
    if (pi[c] > 1e-280) worst = std::max(worst, std::abs(x[c] / pi[c] - 1));
  return worst;
}

TEST(StationaryMultigrid, FindsAGibbsLawThatItIsNotToldInEveryCell) {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"}, xyz = {"x", "y", "z"};
  struct Well {
    model::Process process;
    std::size_t cells;
  };
  for (const auto& [process, cells] : {Well{langevin("(x^2-1)^2 + 0.3*x", 0.2, x), 201},
                                       {langevin("(x^2-1)^2 + 2*y^2 + 0.3*x*y", 0.25, xy), 50},
                                       {langevin("(x^2-1)^2 + y^2 + z^2 + 0.3*x*y*z", 0.5, xyz), 17}}) {
    const auto domain = box(process.variables, -2.2, 2);
    const auto part = grid(domain, cells);
    auto chain = multigrid::neighbour_chain(*build_generator(process, domain, part));
    ASSERT_TRUE(chain);
    const auto outcome = multigrid::settle(*chain);
    EXPECT_TRUE(outcome.converged);
    EXPECT_LT(outcome.cycles, 25);
    // Relative, in cells of weight 1e-30 too: sums of positive terms, and the changes of the last cycle.
    EXPECT_LT(worst_ratio(chain->x, gibbs(process, part)), 1e-9) << process.variables.size();
  }
}

TEST(StationaryMultigrid, AgreesWithAFactorisationWhereNoPotentialIsKnown) {
  const std::vector<std::string> xy = {"x", "y"};
  auto ring = box(xy, -3, 3);
  ring.sides[1].lower_boundary = ring.sides[1].upper_boundary = model::Boundary::periodic;
  struct Flow {
    model::Process process;
    model::Domain domain;
  };
  for (const auto& [process, domain] :
       {Flow{drifted({"-x + 3*y", "-2*x - y"}, {"0.7", "1.1"}, xy), box(xy, -4, 4)},
        {drifted({"-4*x*(x^2-1) + 0.3 + y", "-2*y - x"}, {"0.7", "0.9"}, xy), box(xy, -2.5, 2.5)},
        {drifted({"-x + 20*y", "-y"}, {"0.7", "0.2"}, xy),
         box(xy, -5, 5)},  // far from normal, strongly convective
        {drifted({"1 - x + sin(y)", "0.7 + cos(y - x)"}, {"0.8", "0.6"}, xy), ring}}) {
    const law::GridPart part(domain.grid({61, 48}));
    const auto generator = build_generator(process, domain, part);
    const auto law = stationary_masses(*generator);
    EXPECT_LT(law.residual, 1e-14);
    petsc::ShiftedSystem system(*generator);
    system.factor(*generator, 1e-14 * generator->largest_outflow(), 1);
    std::vector<double> m(part.size(), 1.0 / static_cast<double>(part.size())), next = m;
    for (int k = 0; k < 4; ++k) {
      system.solve(m, next);
      const double sum = law::total(part, next);
      for (std::size_t c = 0; c < m.size(); ++c) m[c] = next[c] / sum;
    }
    EXPECT_LT(l1_distance(part, law.masses, m),
              1e-9);  // what the factorisation of a singular matrix is good for
  }
}

TEST(StationaryMultigrid, DoesNotTakeRestForAnAnswer) {
  // Two wells whose barrier is 25 D high: cycles may come to rest with the wrong share in each, at a residual of 1e-10.
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = langevin("(x^2-1)^2 + y^2 + 0.2*x*y", 0.04, xy);
  const auto domain = box(xy, -2.5, 2.5);
  std::size_t converged = 0;
  for (const std::size_t cells : {64UL, 96UL, 128UL}) {
    const auto part = grid(domain, cells);
    auto chain = multigrid::neighbour_chain(*build_generator(process, domain, part));
    if (!multigrid::settle(*chain).converged) continue;
    EXPECT_LT(l1_distance(part, chain->x, gibbs(process, part)), 1e-10) << cells;
    ++converged;
  }
  EXPECT_GT(converged, 0U);
}

RC_GTEST_PROP(StationaryMultigrid, BalancesAnyDrift, ()) {
  const auto number = [](int low, int high) { return *rc::gen::inRange(low, high) / 10.0; };
  const std::vector<std::string> xy = {"x", "y"};
  const auto process =
      drifted({fmt::format("-{}*x + {}*y + sin({}*x)", number(5, 30), number(-30, 30), number(0, 40)),
               fmt::format("-{}*y + {}*x*x - {}*x", number(5, 30), number(-9, 9), number(-30, 30))},
              {fmt::format("{}", number(5, 15)), fmt::format("{}", number(5, 15))}, xy);
  const law::GridPart part(
      box(xy, -3, 3).grid({*rc::gen::inRange<std::size_t>(5, 40), *rc::gen::inRange<std::size_t>(5, 40)}));
  const auto law = stationary_masses(*build_generator(process, box(xy, -3, 3), part));
  RC_ASSERT(law.residual < 1e-12);
  RC_ASSERT(*std::min_element(law.masses.begin(), law.masses.end()) >= 0);
}

}  // namespace
}  // namespace fpk::solvers
