#include "solvers/propagator.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "solvers/petsc/tr_bdf2.hpp"
#include "solvers/propagators/chebyshev.hpp"
#include "solvers/propagators/dormand_prince.hpp"
#include "solvers/propagators/uniformisation.hpp"
#include "solvers/solver_error.hpp"

namespace fpk::solvers {
namespace {

constexpr std::array<PropagatorFacts, 4> table = {{
    {"chebyshev", "exact in time", false, true, false,
     "Chebyshev series of the symmetrised generator, behind a positive start by uniformisation",
     "Tal-Ezer, Kosloff 1984", make_chebyshev},
    {"uniformisation", "exact in time", true, false, false, "Poisson average of the jump chain's powers",
     "Jensen 1953; Grassmann 1977", make_uniformisation},
    {"implicit", "2", false, false, true, "TR-BDF2 with error control, on PETSc's linear solvers",
     "Bank et al. 1985; Hosea, Shampine 1996", make_tr_bdf2},
    {"explicit", "5(4)", false, false, true, "Dormand-Prince with error control, by Boost.Odeint",
     "Dormand, Prince 1980", make_dormand_prince},
}};

/// Applications of the generator beyond which stepping with linear solves is the cheaper way.
constexpr double most_jumps = 3e6;
/// The same for a generator that is built anew at every stage.
constexpr double most_jumps_explicit = 2e4;

}  // namespace

std::span<const PropagatorFacts> propagators() { return table; }

const PropagatorFacts* find_propagator(std::string_view name) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [&](const auto& p) { return p.name == name; });
  return found == table.end() ? nullptr : found;
}

Choice choose_propagator(std::string_view name, const PropagatorTask& task) {
  const auto generator = task.generator(0);
  const bool reversible = generator->rates().log_weights.has_value();
  if (name != "auto") {
    const auto* const asked = find_propagator(name);
    if (asked == nullptr) throw SolverError("there is no propagator called " + std::string(name));
    if (asked->needs_reversible && !reversible)
      throw SolverError("the propagator " + std::string(name) +
                        " needs a generator in detailed balance; try uniformisation");
    if (!asked->takes_time_dependence && task.depends_on_time)
      throw SolverError("the propagator " + std::string(name) +
                        " needs coefficients that do not depend on time; try implicit");
    return {asked, "asked for in the case"};
  }
  // The series takes about sqrt(40 rho t) applications, rho being twice the largest rate.
  const double jumps = generator->largest_outflow() * task.duration;
  if (task.depends_on_time && jumps <= most_jumps_explicit)
    return {find_propagator("explicit"),
            "the coefficients depend on time, and explicit steps are affordable"};
  if (task.depends_on_time)
    return {find_propagator("implicit"), "the coefficients depend on time, and the generator is stiff"};
  if (reversible && std::sqrt(80 * jumps) <= most_jumps)
    return {find_propagator("chebyshev"),
            "the generator is in detailed balance, so its exponential is a Chebyshev series"};
  if (jumps <= most_jumps)
    return {find_propagator("uniformisation"), "not in detailed balance; the fastest cell jumps " +
                                                   std::to_string(std::llround(jumps)) +
                                                   " times, which is affordable"};
  return {find_propagator("implicit"), "too stiff for a series: the fastest cell jumps too often"};
}

}  // namespace fpk::solvers
