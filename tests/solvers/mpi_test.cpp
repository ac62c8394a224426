// The density on several processes is the one of a single process: each compares its own cells. On one
// process these hold trivially; tests/CMakeLists.txt runs them on two.
#include <gtest/gtest.h>

#include "problems.hpp"
#include "solvers/exits.hpp"
#include "solvers/probability_flux.hpp"
#include "solvers/stationary.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

struct Problem {
  const char* name;
  model::Process process;
  model::Domain domain;
};

std::vector<Problem> problems() {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"};
  auto ring = box(xy, -3, 3);
  ring.sides[1].lower_boundary = ring.sides[1].upper_boundary = Boundary::periodic;
  auto tube = box(xy, -3, 3);
  tube.sides[0].lower_boundary = tube.sides[0].upper_boundary = Boundary::periodic;
  return {{"double well on a line", langevin("(x^2-1)^2", 0.25, x), box(x, -2, 2)},
          {"drift on a line", drifted({"-x"}, {"sqrt(1 + 0.1*x^2)"}, x), box(x, -3, 3)},
          {"well in the plane", langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.25, xy), box(xy, -2, 2)},
          {"absorbing", langevin("x^2 + y^2", 0.5, xy), box(xy, -1, 1, Boundary::absorbing)},
          {"ring", drifted({"1 - x", "0.7 + sin(y)"}, {"0.8", "0.6"}, xy), ring},
          {"kinetic", drifted({"y", "-x - y"}, {"0", "1"}, xy), box(xy, -3, 3)},
          {"kinetic on a ring", drifted({"y", "sin(x) - y"}, {"0", "1"}, xy), tube},
          {"transport across the slabs", drifted({"-x - y", "x"}, {"1", "0"}, xy), ring},
          {"mixed noise", correlated({"1 - x", "x - y"}, {{"1", "0.3"}, {"-0.9", "0.4 + 0.1*x^2"}}, xy),
           box(xy, -3, 3)},
          {"mixed noise on a ring",
           correlated({"1 - x", "0.7 + sin(y)"}, {{"0.9", "0.2"}, {"0.6", "0.5"}}, xy), ring},
          {"one source of noise", correlated({"1 - x", "x - y"}, {{"1"}, {"0.618"}}, xy), box(xy, -3, 3)},
          {"one source of noise around the slabs",
           correlated({"0.3 + sin(x)", "x - y"}, {{"1"}, {"0.618 + 0.1*sin(x)"}}, xy), tube},
          {"mixed noise around the slabs",
           correlated({"0.3 + sin(x)", "-y"}, {{"0.9", "0.2"}, {"0.6", "0.5"}}, xy), tube}};
}

/// What this process holds of a whole array.
std::vector<double> own(const law::GridPart& part, const std::vector<double>& whole) {
  const auto begin = whole.begin() + static_cast<std::ptrdiff_t>(part.first());
  return {begin, begin + static_cast<std::ptrdiff_t>(part.size())};
}

TEST(MpiDensity, IsTheOneOfASingleProcessWithEveryPropagator) {
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    const auto whole = grid(p.domain, 16), part = grid(p.domain, 16, parallel::Communicator::world());
    const auto start = gaussian(p.process.variables, std::vector<double>(p.domain.dimension(), 0.2),
                                std::vector<double>(p.domain.dimension(), 0.4));
    for (const auto& f : propagators()) {
      const auto generator = build_generator(p.process, p.domain, whole);
      const GeneratorTraits traits{generator->rates().log_weights.has_value(), p.process.depends_on_time(),
                                   generator->is_limited()};
      if (!refusal(f, traits).empty()) continue;
      const std::string name(f.name);
      const auto alone = evolve(name, p.process, p.domain, whole, start.cell_masses(whole), 0.2, 1e-7);
      const auto together = evolve(name, p.process, p.domain, part, start.cell_masses(part), 0.2, 1e-7);
      // Sums in another order for the exact ones; steps chosen by rounded error estimates for the others. Limited fluxes are no
      // contraction in L1: what rounding makes different, even the steps of a propagator without positivity may amplify.
      const double allowed = traits.limited && !f.positive ? 1e-6 : f.takes_time_dependence ? 2e-7 : 1e-13;
      EXPECT_LT(l1_distance(part, together, own(part, alone)), allowed) << p.name << ' ' << name;
      ++checked;
    }
  }
  EXPECT_GE(checked, 18U);
}

TEST(MpiDensity, LeavesThroughEachFaceAsOnASingleProcess) {
  auto domain = box({"x", "y"}, -1, 1, Boundary::absorbing);
  domain.sides[1].lower_boundary = Boundary::reflecting;
  const auto process = langevin("x^2 + y^2 - 0.5*x*y - x", 0.5, {"x", "y"});
  const auto whole = grid(domain, 16), part = grid(domain, 16, parallel::Communicator::world());
  const auto generator = build_generator(process, domain, whole),
             mine = build_generator(process, domain, part);
  const auto alone = exit_probabilities(*generator), together = exit_probabilities(*mine);
  ASSERT_EQ(alone.size(), 3U);
  for (std::size_t f = 0; f < 3; ++f)
    EXPECT_LT(l1_distance(part, together[f], own(part, alone[f])), 1e-10)
        << f;  // 256 cells, two factorisations
  const auto start = gaussian({"x", "y"}, {0.2, 0.1}, {0.3, 0.4});
  const auto flux = exit_fluxes(*generator, start.cell_masses(whole)),
             my_flux = exit_fluxes(*mine, start.cell_masses(part));
  for (std::size_t f = 0; f < 3; ++f) EXPECT_NEAR(my_flux[f] / flux[f], 1.0, 1e-13);
}

TEST(MpiDensity, StationaryLawAndProbabilityFluxAreThoseOfASingleProcess) {
  for (const auto& p : problems()) {
    if (!p.domain.is_closed()) continue;
    const auto whole = grid(p.domain, 16), part = grid(p.domain, 16, parallel::Communicator::world());
    const auto generator = build_generator(p.process, p.domain, whole),
               mine = build_generator(p.process, p.domain, part);
    const auto alone = stationary_masses(*generator).masses, together = stationary_masses(*mine).masses;
    EXPECT_LT(l1_distance(part, together, own(part, alone)), 1e-11)
        << p.name;  // two factorisations of a singular matrix
    const auto J = probability_flux(*generator, alone), J_mine = probability_flux(*mine, own(part, alone));
    for (std::size_t k = 0; k < J_mine.size(); ++k)
      EXPECT_NEAR(J_mine[k], J[3 * part.first() + k], 1e-13) << p.name;
  }
}

}  // namespace
}  // namespace fpk::solvers
