// The order of each stepping propagator in its step, in one, two and three dimensions, where coefficients are constant
// and where they depend on time.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "problems.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;

struct Problem {
  const char* name;
  model::Process process;
  std::size_t cells;
};

/// Wide starts and coarse cells: all modes are resolved by the steps taken, so that the order is that of the scheme. The
/// noise is strong enough that the weights of the faces stay central: their passage to upwind is not smooth to order five.
std::vector<Problem> problems() {
  const std::vector<std::string> x = {"x"}, xy = {"x", "y"}, xyz = {"x", "y", "z"};
  return {{"well in 1-D", langevin("(x^2-1)^2/2 + 0.2*x", 0.5, x), 20},
          {"rotation in 2-D", drifted({"-x + 2*y", "-y - x"}, {"1.2", "1.4"}, xy), 12},
          {"rotation in 3-D", drifted({"-x + y", "-y - x", "0.5*y - z"}, {"1.3", "1.4", "1.5"}, xyz), 8},
          {"forced in 1-D", drifted({"2*cos(3*t) - x"}, {"1.2 + 0.2*sin(2*t)"}, x), 20},
          {"forced in 2-D", drifted({"sin(2*t) - x + y", "-y - (1 + sin(t))*x/2"}, {"1.2", "1.4"}, xy), 12},
          {"forced in 3-D",
           drifted({"sin(2*t) - x + y/2", "-y - x/2", "-(1 + t/2)*z"}, {"1.4", "1.4", "1.5"}, xyz), 8}};
}

TEST(OrderInTime, IsThatOfTheTableInEveryDimension) {
  std::size_t checked = 0;
  for (const auto& p : problems()) {
    const auto domain = box(p.process.variables, -2, 2);
    const auto part = grid(domain, p.cells);
    const std::size_t d = p.process.dimension();
    const auto start = gaussian(p.process.variables, std::vector<double>(d, 0.4), std::vector<double>(d, 0.8))
                           .cell_masses(part);
    const double end = 0.8;
    const auto reference = evolve("explicit", p.process, domain, part, start, end, 1e-12);
    for (const auto& f : propagators()) {
      if (f.order == 0) continue;
      std::vector<double> errors;
      for (const double step : {end / 10, end / 20}) {
        PropagatorTask task{generator_in_time(p.process, domain, part), p.process.depends_on_time(), end, 1};
        // Explicit steps must be stable; the fifth order of the implicit ones shows above rounding at longer steps.
        task.fixed_step = f.name == "explicit" ? step / 4 : step;
        auto m = start;
        f.make(task)->advance(m, 0, end, {});
        errors.push_back(l1_distance(part, m, reference));
      }
      const double order = std::log2(errors[0] / errors[1]);
      // From two finite steps: 0.35 below, as a scheme of the next lower order would be further off; above, the next
      // term may help.
      EXPECT_GT(order, f.order - 0.35) << f.name << ", " << p.name << ": " << errors[0] << ' ' << errors[1];
      EXPECT_LT(order, f.order + 1.2) << f.name << ", " << p.name << ": " << errors[0] << ' ' << errors[1];
      // The table of docs/propagators.md: test_solvers --gtest_filter='OrderInTime*' --gtest_output=json
      RecordProperty(fmt::format("{}, {}", f.name, p.name), fmt::format("{:.2f}", order));
      ++checked;
    }
  }
  EXPECT_GE(checked, 18U);
}

}  // namespace
}  // namespace fpk::solvers
