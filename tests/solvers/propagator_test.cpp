// Each propagator against closed forms and the others; against the exact exponential in tolerance_test.cpp.
#include "solvers/propagator.hpp"

#include <gtest/gtest.h>

#include "problems.hpp"
#include "solvers/propagators/chebyshev.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

using namespace testing;
using model::Boundary;

TEST(Propagators, ObservationsOnTheWayChangeNothing) {
  const auto process = langevin("(x^2-1)^2", 0.25, {"x"});
  const auto domain = box({"x"}, -2.5, 2.5);
  const auto part = grid(domain, 64);
  const auto start = gaussian({"x"}, {-1}, {0.2}).cell_masses(part);
  for (const auto& p : propagators()) {
    const PropagatorTask task{generator_in_time(process, domain, part), false, 1, 1e-8};
    auto once = start, often = start;
    p.make(task)->advance(once, 0, 1, {});
    const auto stepping = p.make(task);
    for (const auto& [from, to] : {std::pair{0.0, 0.013}, {0.013, 0.2}, {0.2, 0.91}, {0.91, 1.0}})
      stepping->advance(often, from, to, {});
    EXPECT_LT(l1_distance(part, once, often), 2e-8) << p.name;  // each within the tolerance of the exact one
  }
}

TEST(Propagators, PositiveOnesAreToRounding) {
  // A start whose tail at the edge of the box is large beside sqrt(pi): q = m / sqrt(pi) reaches 1e9 there,
  // and a bare Chebyshev series would be wrong by eps sqrt(1 + chi^2) = 7e-7.
  const std::vector<std::string> xy = {"x", "y"};
  const auto process = langevin("(x^2-1)^2 + y^2", 0.25, xy);
  const auto domain = box(xy, -2.5, 2.5);
  const auto part = grid(domain, 64);
  const auto start = gaussian(xy, {-1, 0}, {0.2, 0.2}).cell_masses(part);
  for (const char* name : {"chebyshev", "uniformisation"}) {
    const auto m = evolve(name, process, domain, part, start, 1);
    // The series rounds q, and so sqrt(pi) q in cells of little weight.
    EXPECT_GE(*std::min_element(m.begin(), m.end()), std::string(name) == "uniformisation" ? 0.0 : -1e-18)
        << name;
    EXPECT_NEAR(law::total(part, m), law::total(part, start), 1e-13) << name;
  }
  EXPECT_LT(l1_distance(part, evolve("chebyshev", process, domain, part, start, 1),
                        evolve("uniformisation", process, domain, part, start, 1)),
            1e-12);  // both exact in time; 1e-14 of rounding goal times the number of terms
}

TEST(Propagators, RefuseWhatTheyAreNotMadeFor) {
  const std::vector<std::string> xy = {"x", "y"};
  const auto domain = box(xy, -4, 4);
  const auto part = grid(domain, 8);
  const auto rotation = drifted({"-x + y", "-x - y"}, {"1", "1"}, xy);
  const auto forced = drifted({"-x + sin(t)", "-y"}, {"1", "1"}, xy);
  EXPECT_THROW(choose_propagator("chebyshev", {generator_in_time(rotation, domain, part), false, 1, 1e-8}),
               SolverError);
  EXPECT_THROW(choose_propagator("uniformisation", {generator_in_time(forced, domain, part), true, 1, 1e-8}),
               SolverError);
  EXPECT_THROW(choose_propagator("magic", {generator_in_time(rotation, domain, part), false, 1, 1e-8}),
               SolverError);
  const auto chosen = [&](const model::Domain& d, std::size_t cells) {
    return choose_propagator("auto", {generator_in_time(forced, d, grid(d, cells)), true, 1, 1e-8})
        .propagator->name;
  };
  EXPECT_EQ(chosen(domain, 8), "explicit");
  EXPECT_EQ(chosen(box(xy, -0.1, 0.1), 40), "sdirk");  // stiff
}

TEST(Propagators, FollowATimeDependentDrift) {
  // dX = (cos(2 t) - X) dt + sqrt(2 D) dW: m(t) = integral of exp(s - t) cos(2 s) ds + m(0) exp(-t), closed
  // form.
  const auto process = drifted({"cos(2*t) - x"}, {"sqrt(2*0.3)"}, {"x"});
  const auto domain = box({"x"}, -5, 5);
  const auto part = grid(domain, 100);
  const auto start = gaussian({"x"}, {1}, {0.5}).cell_masses(part);
  const double t = 1.5, expected = (std::cos(2 * t) + 2 * std::sin(2 * t) - std::exp(-t)) / 5 + std::exp(-t);
  for (const char* name : {"implicit", "explicit"}) {
    const auto m = evolve(name, process, domain, part, start, t, 1e-6);
    // Central weights keep the mean of a linear drift exactly; what is left is the tolerance times the box.
    EXPECT_NEAR(moments(part, m).mean[0], expected, 1e-5) << name;
  }
}

TEST(ScaledBessel, MatchesTheStandardLibrary) {
  for (const double z : {0.01, 1.0, 30.0, 500.0}) {
    const auto values = scaled_bessel(z, 1e-18);
    for (std::size_t k = 0; k < values.size(); ++k) {
      const double exact = std::exp(-z) * std::cyl_bessel_i(static_cast<double>(k), z);
      EXPECT_NEAR(values[k], exact, 1e-13)
          << z << ' ' << k;  // the library's own error at z = 500 is of that size
    }
  }
}

}  // namespace
}  // namespace fpk::solvers
