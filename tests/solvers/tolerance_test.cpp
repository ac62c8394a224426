// The tolerance is a bound on the L1 error in time: every propagator of the table against the dense exponential of its
// generator, and mass over long runs.
#include <gtest/gtest.h>

#include "dense_exponential.hpp"
#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

struct Problem {
  const char* name;
  model::Process process;
  model::Domain domain;
  std::size_t cells;
  std::vector<double> mean, sd;
  double end;
};

std::vector<Problem> problems() {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"};
  auto open = box(xy, -2, 2);
  open.sides[0].upper_boundary = model::Boundary::absorbing;
  auto ring = box(xy, -3, 3);
  ring.sides[1].lower_boundary = ring.sides[1].upper_boundary = model::Boundary::periodic;
  return {{"reversible",
           langevin("(x^2-1)^2 + y^2 + 0.3*x*y", 0.25, xy),
           box(xy, -2, 2),
           14,
           {-1, 0.2},
           {0.2, 0.3},
           0.7},
          {"reversible and stiff", langevin("(x^2-1)^2", 0.25, x), box(x, -2.5, 2.5), 120, {-1.2}, {0.05}, 2},
          {"rotation",
           drifted({"-x + 3*y", "-2*x - y"}, {"0.7", "1.1"}, xy),
           box(xy, -4, 4),
           13,
           {1, 0.5},
           {0.5, 0.4},
           0.5},
          {"rotation, stiff in one cell",
           drifted({"-x + 2*y", "-2*x - 3*y"}, {"0.7 + 6*exp(-8*x^2)", "1.1"}, xy),
           box(xy, -2, 2),
           13,
           {1, 0.5},
           {0.3, 0.4},
           1},
          {"drift on a ring",
           drifted({"1 - x", "0.7 + sin(y)"}, {"0.8", "0.6"}, xy),
           ring,
           13,
           {0.4, -1},
           {0.4, 0.5},
           0.6},
          {"absorbing",
           drifted({"1 - x + y", "-x - y"}, {"0.8", "0.9"}, xy),
           open,
           13,
           {0.5, 0},
           {0.3, 0.3},
           0.5}};
}

TEST(Tolerance, BoundsTheL1ErrorOfEveryPropagatorWhateverTheGenerator) {
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    const auto part = grid(p.domain, p.cells);
    const auto start = gaussian(p.process.variables, p.mean, p.sd).cell_masses(part);
    const auto generator = build_generator(p.process, p.domain, part);
    const auto exact = dense_exponential(*generator, start, p.end);
    const GeneratorTraits traits{generator->rates().log_weights.has_value(), false, false};
    for (const auto& f : propagators()) {
      if (!refusal(f, traits).empty()) continue;
      for (const double tolerance : {1e-3, 1e-5, 1e-7, 1e-10}) {
        if (f.order == 2 && tolerance < 1e-6) continue;  // steps without number
        const auto found = evolve(std::string(f.name), p.process, p.domain, part, start, p.end, tolerance);
        // The dense exponential itself, by squarings, is good to about 1e-13.
        EXPECT_LT(l1_distance(part, found, exact), tolerance + 1e-12) << p.name << ' ' << f.name;
        ++checked;
      }
    }
  }
  EXPECT_GT(checked, 100U);
}

TEST(Tolerance, HoldsAtEveryObservationOnTheWay) {
  const Problem p = problems()[3];
  const auto part = grid(p.domain, p.cells);
  const auto start = gaussian(p.process.variables, p.mean, p.sd).cell_masses(part);
  const auto generator = build_generator(p.process, p.domain, part);
  for (const auto& f : propagators()) {
    if (f.needs_reversible) continue;
    const double tolerance = 1e-5;
    const auto propagator = f.make({generator_in_time(p.process, p.domain, part), false, p.end, tolerance});
    auto m = start;
    double from = 0;
    for (const double to : {1e-3, 0.013, 0.2, 0.21, p.end}) {
      propagator->advance(m, from, to, {});
      from = to;
      EXPECT_LT(l1_distance(part, m, dense_exponential(*generator, start, to)), tolerance)
          << f.name << ' ' << to;
    }
  }
}

TEST(Mass, OfAClosedBoxStaysOverLongRunsWithEveryPropagator) {
  std::size_t checked = 0;
  double restored = 0;
  for (const auto& p : problems()) {
    if (!p.domain.is_closed()) continue;
    const auto part = grid(p.domain, p.cells);
    const auto generator = build_generator(p.process, p.domain, part);
    const GeneratorTraits traits{generator->rates().log_weights.has_value(), false, false};
    for (const auto& f : propagators()) {
      if (!refusal(f, traits).empty()) continue;
      const double end = 20;
      const auto propagator = f.make({generator_in_time(p.process, p.domain, part), false, end, 1e-4});
      auto m = gaussian(p.process.variables, p.mean, p.sd).cell_masses(part);
      const double before = law::total(part, m);
      for (int k = 0; k < 10; ++k) {
        propagator->advance(m, end * k / 10, end * (k + 1) / 10, {});
        EXPECT_NEAR(law::total(part, m), before, 1e-13) << p.name << ' ' << f.name << " at observation " << k;
        ++checked;
      }
      // What was put right is rounding, some 1e-15 for each application, or what a linear solver leaves, 1e-13.
      EXPECT_LT(propagator->restored(), 1e-13 * static_cast<double>(propagator->work()))
          << p.name << ' ' << f.name;
      restored += propagator->restored();
    }
  }
  EXPECT_GT(restored, 0);
  EXPECT_GT(checked, 200U);
}

}  // namespace
}  // namespace fpk::solvers
