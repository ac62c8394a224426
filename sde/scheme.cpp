#include "sde/scheme.hpp"

#include <algorithm>
#include <array>

#include "sde/schemes/compiled_step.hpp"
#include "sde/schemes/euler_maruyama.hpp"
#include "sde/schemes/langevin_splitting.hpp"
#include "sde/schemes/leimkuhler_matthews.hpp"
#include "sde/schemes/mala.hpp"
#include "sde/schemes/milstein.hpp"
#include "sde/schemes/noise_structure.hpp"
#include "sde/schemes/ornstein_uhlenbeck.hpp"
#include "sde/schemes/platen_weak_2.hpp"
#include "sde/schemes/roessler_srk.hpp"
#include "sde/schemes/stochastic_heun.hpp"
#include "sde/schemes/tamed_euler.hpp"
#include "sde/schemes/theta.hpp"

namespace fpk::sde {
namespace {

template <class S>
std::unique_ptr<Scheme> make(const model::Process& process) {
  return std::make_unique<S>(process);
}

std::string takes_any(const model::Process& /*process*/) { return {}; }

constexpr auto ito = Calculus::ito;

const std::array table = {
    SchemeFacts{
        .name = "euler-maruyama",
        .title = "Euler and Maruyama",
        .weak_order = 1,
        .weak_order_additive = 1,
        .strong_order = 0.5,
        .strong_order_additive = 1,
        .invariant_order = 1,
        .calculus = ito,
        .has_decision = false,
        .least_noise = NoiseKind::two_point,
        .noise = "any",
        .source = "Maruyama 1955; Kloeden, Platen 1992, theorem 10.2.2 and section 14.1; Talay, Tubaro 1990",
        .refusal = takes_any,
        .make = make<EulerMaruyama>},
    SchemeFacts{.name = "milstein",
                .title = "Milstein",
                .weak_order = 1,
                .weak_order_additive = 1,
                .strong_order = 1,
                .strong_order_additive = 1,
                .invariant_order = 1,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::two_point,
                .noise = "commutative",
                .source = "Milstein 1974; Kloeden, Platen 1992, eq. 10.3.16",
                .refusal = milstein_refusal,
                .make = compiled<milstein>},
    SchemeFacts{.name = "tamed-euler",
                .title = "tamed Euler",
                .weak_order = 1,
                .weak_order_additive = 1,
                .strong_order = 0.5,
                .strong_order_additive = 1,
                .invariant_order = 1,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::two_point,
                .noise = "any",
                .source = "Hutzenthaler, Jentzen, Kloeden 2012; Wang, Gan 2013; Bréhier 2023",
                .refusal = takes_any,
                .make = compiled<tamed_euler>},
    SchemeFacts{.name = "theta",
                .title = "drift-implicit theta",
                .weak_order = 1,
                .weak_order_additive = 2,
                .strong_order = 0.5,
                .strong_order_additive = 1,
                .invariant_order = 2,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::two_point,
                .noise = "any",
                .source = "Kloeden, Platen 1992, sections 12.2 and 15.4; Higham, Mao, Stuart 2002",
                .refusal = takes_any,
                .make = make<Theta>},
    SchemeFacts{.name = "stochastic-heun",
                .title = "stochastic Heun",
                .weak_order = 1,
                .weak_order_additive = 2,
                .strong_order = 0.5,
                .strong_order_additive = 1,
                .invariant_order = 2,
                .calculus = Calculus::stratonovich,
                .has_decision = false,
                .least_noise = NoiseKind::two_point,
                .noise = "any",
                .source = "Rümelin 1982; Kloeden, Platen 1992, section 15.1",
                .refusal = takes_any,
                .make = compiled<stochastic_heun>},
    SchemeFacts{.name = "platen-weak-2",
                .title = "Platen's weak order 2",
                .weak_order = 2,
                .weak_order_additive = 2,
                .strong_order = 0.5,
                .strong_order_additive = 1,
                .invariant_order = 2,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::three_point,
                .noise = "any",
                .source = "Kloeden, Platen 1992, eq. 15.1.3",
                .refusal = takes_any,
                .make = compiled<platen_weak_2>},
    SchemeFacts{.name = "roessler-srk",
                .title = "Rößler's stochastic Runge-Kutta",
                .weak_order = 2,
                .weak_order_additive = 2,
                .strong_order = 0.5,
                .strong_order_additive = 1,
                .invariant_order = 2,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::three_point,
                .noise = "any",
                .source = "Rößler 2009; Debrabant, Rößler 2009 (DRI1)",
                .refusal = takes_any,
                .make = compiled<roessler_srk>},
    SchemeFacts{.name = "leimkuhler-matthews",
                .title = "Leimkuhler and Matthews",
                .weak_order = 1,
                .weak_order_additive = 1,
                .strong_order = 1,
                .strong_order_additive = 1,
                .invariant_order = 2,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::two_point,
                .noise = "constant, with detailed balance",
                .source = "Leimkuhler, Matthews 2013; Vilmart 2015",
                .refusal = leimkuhler_matthews_refusal,
                .make = compiled<leimkuhler_matthews>},
    SchemeFacts{.name = "mala",
                .title = "Metropolis-adjusted Langevin",
                .weak_order = 1,
                .weak_order_additive = 1,
                .strong_order = 0.75,
                .strong_order_additive = 0.75,
                .invariant_order = exact,
                .calculus = ito,
                .has_decision = true,
                .least_noise = NoiseKind::normal,
                .noise = "of a potential and constant temperature",
                .source = "Roberts, Tweedie 1996; Bou-Rabee, Vanden-Eijnden 2010",
                .refusal = mala_refusal,
                .make = compiled<mala>},
    SchemeFacts{.name = "ornstein-uhlenbeck",
                .title = "exact Ornstein-Uhlenbeck",
                .weak_order = exact,
                .weak_order_additive = exact,
                .strong_order = 1,
                .strong_order_additive = 1,
                .invariant_order = exact,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::normal,
                .noise = "constant, with a linear drift",
                .source = "Gillespie 1996; Van Loan 1978",
                .refusal = ornstein_uhlenbeck_refusal,
                .make = make<OrnsteinUhlenbeck>},
    SchemeFacts{.name = "baoab",
                .title = "BAOAB",
                .weak_order = 2,
                .weak_order_additive = 2,
                .strong_order = 1,
                .strong_order_additive = 1,
                .invariant_order = 2,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::three_point,
                .noise = "constant, in velocities alone",
                .source = "Leimkuhler, Matthews 2013; 2015, ch. 7",
                .refusal = underdamped_refusal,
                .make = baoab},
    SchemeFacts{.name = "obabo",
                .title = "OBABO",
                .weak_order = 2,
                .weak_order_additive = 2,
                .strong_order = 1,
                .strong_order_additive = 1,
                .invariant_order = 2,
                .calculus = ito,
                .has_decision = false,
                .least_noise = NoiseKind::three_point,
                .noise = "constant, in velocities alone",
                .source = "Bussi, Parrinello 2007",
                .refusal = underdamped_refusal,
                .make = obabo},
};

}  // namespace

std::span<const SchemeFacts> schemes() { return table; }

double weak_order_of(NoiseKind kind) {
  return kind == NoiseKind::two_point ? 1 : kind == NoiseKind::three_point ? 2 : exact;
}

double weak_order(const SchemeFacts& scheme, const model::Process& process, NoiseKind kind,
                  const model::Domain& domain, Absorption absorption) {
  const double order = has_additive_noise(process) ? scheme.weak_order_additive : scheme.weak_order;
  return std::min({order, weak_order_of(kind), weak_order_of(absorption, kind, domain)});
}

double gap_of_orders(const SchemeFacts& scheme, const model::Domain& domain) {
  return domain.is_closed() && !scheme.has_decision ? 1 : 0.5;
}

double invariant_order(const SchemeFacts& scheme, const model::Process& process, NoiseKind kind) {
  return std::min(has_additive_noise(process) ? scheme.invariant_order : scheme.weak_order,
                  weak_order_of(kind));
}

double strong_order(const SchemeFacts& scheme, const model::Process& process) {
  return has_additive_noise(process) ? scheme.strong_order_additive : scheme.strong_order;
}

const SchemeFacts* find_scheme(std::string_view name) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const SchemeFacts& s) { return s.name == name; });
  return row == table.end() ? nullptr : row;
}

}  // namespace fpk::sde
