#include "solvers/propagator.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "solvers/propagators/chebyshev.hpp"
#include "solvers/propagators/dormand_prince.hpp"
#include "solvers/propagators/kennedy_carpenter.hpp"
#include "solvers/propagators/krylov.hpp"
#include "solvers/propagators/ssp_runge_kutta.hpp"
#include "solvers/propagators/tr_bdf2.hpp"
#include "solvers/propagators/uniformisation.hpp"

namespace fpk::solvers {
namespace {

constexpr std::array table = {
    PropagatorFacts{
        .name = "chebyshev",
        .order = 0,
        .positive = false,
        .conservative = true,
        .needs_reversible = true,
        .takes_time_dependence = false,
        .takes_limited = false,
        .cost = "about sqrt(80 rho T) applications, behind a start of some thousand",
        .method = "Chebyshev series of the symmetrised generator, behind a positive start by uniformisation",
        .source = "Tal-Ezer, Kosloff 1984",
        .make = make_chebyshev},
    PropagatorFacts{.name = "uniformisation",
                    .order = 0,
                    .positive = true,
                    .conservative = true,
                    .needs_reversible = false,
                    .takes_time_dependence = false,
                    .takes_limited = false,
                    .cost = "about rho T applications",
                    .method = "Poisson average of the jump chain's powers",
                    .source = "Jensen 1953; Grassmann 1977",
                    .make = make_uniformisation},
    PropagatorFacts{.name = "krylov",
                    .order = 0,
                    .positive = false,
                    .conservative = true,
                    .needs_reversible = false,
                    .takes_time_dependence = false,
                    .takes_limited = false,
                    .cost = "rho T applications or less, each with up to 30 inner products",
                    .method = "Projection on Krylov spaces with error control, by SLEPc",
                    .source = "Saad 1992; Eiermann, Ernst 2006",
                    .make = make_krylov},
    PropagatorFacts{.name = "implicit",
                    .order = 2,
                    .positive = false,
                    .conservative = true,
                    .needs_reversible = false,
                    .takes_time_dependence = true,
                    .takes_limited = false,
                    .cost = "3 linear solves a step, 30 times the steps for 1/1000 of the tolerance",
                    .method = "TR-BDF2 with error control, on PETSc's linear solvers",
                    .source = "Bank et al. 1985; Hosea, Shampine 1996",
                    .make = make_tr_bdf2},
    PropagatorFacts{.name = "sdirk",
                    .order = 5,
                    .positive = false,
                    .conservative = true,
                    .needs_reversible = false,
                    .takes_time_dependence = true,
                    .takes_limited = false,
                    .cost = "7 linear solves a step, 4 times the steps for 1/1000 of the tolerance",
                    .method = "ESDIRK5(4) with error control, on PETSc's linear solvers",
                    .source = "Kennedy, Carpenter 2019",
                    .make = make_kennedy_carpenter},
    PropagatorFacts{.name = "explicit",
                    .order = 5,
                    .positive = false,
                    .conservative = true,
                    .needs_reversible = false,
                    .takes_time_dependence = true,
                    .takes_limited = true,
                    .cost = "at least 4 rho T applications: its step is bound by stability",
                    .method = "Dormand-Prince 5(4) with error control, by Boost.Odeint",
                    .source = "Dormand, Prince 1980",
                    .make = make_dormand_prince},
    PropagatorFacts{
        .name = "ssp",
        .order = 4,
        .positive = true,
        .conservative = true,
        .needs_reversible = false,
        .takes_time_dependence = true,
        .takes_limited = true,
        .cost = "at least 1.7 rho T applications: its step is bound by positivity",
        .method = "Strong-stability-preserving Runge-Kutta 4(3) in ten stages, with error control",
        .source = "Ketcheson 2008; Conde, Fekete, Shadid 2018",
        .make = make_ssp_runge_kutta},
};

const char* yes_or_no(bool b) { return b ? "yes" : "no"; }

}  // namespace

std::span<const PropagatorFacts> propagators() { return table; }

const PropagatorFacts* find_propagator(std::string_view name) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [&](const auto& p) { return p.name == name; });
  return found == table.end() ? nullptr : found;
}

std::string refusal(const PropagatorFacts& propagator, const GeneratorTraits& generator) {
  if (propagator.needs_reversible && !generator.reversible)
    return "needs detailed balance: a potential, or a single variable that is no ring";
  if (!propagator.takes_time_dependence && generator.depends_on_time)
    return "needs coefficients that do not depend on t";
  if (!propagator.takes_limited && generator.limited) return "needs fluxes that are not limited";
  return {};
}

std::string takes(const PropagatorFacts& p) {
  std::string words = p.needs_reversible ? "detailed balance" : "any";
  if (!p.takes_time_dependence) words += ", constant in time";
  if (p.takes_limited) words += ", limited fluxes too";
  return words;
}

std::string propagators_markdown() {
  std::string text =
      "| `density.propagator` | method | order in time | positive | conservative | takes | cost | source |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const auto& p : table)
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} |\n", p.name, p.method,
                        p.order == 0 ? "exact" : std::to_string(p.order), yes_or_no(p.positive),
                        yes_or_no(p.conservative), takes(p), p.cost, p.source);
  return text;
}

}  // namespace fpk::solvers
