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
    // name, title
    //   weak order, for additive noise, strong order, for additive noise, invariant order, calculus, least noise, noise
    //   source, refusal, make
    SchemeFacts{"euler-maruyama", "Euler and Maruyama", 1, 1, 0.5, 1, 1, ito, NoiseKind::two_point, "any",
                "Maruyama 1955; Kloeden, Platen 1992, theorem 10.2.2 and section 14.1; Talay, Tubaro 1990",
                takes_any, make<EulerMaruyama>},
    SchemeFacts{"milstein", "Milstein", 1, 1, 1, 1, 1, ito, NoiseKind::two_point, "commutative",
                "Milstein 1974; Kloeden, Platen 1992, eq. 10.3.16", milstein_refusal, compiled<milstein>},
    SchemeFacts{"tamed-euler", "tamed Euler", 1, 1, 0.5, 1, 1, ito, NoiseKind::two_point, "any",
                "Hutzenthaler, Jentzen, Kloeden 2012; Wang, Gan 2013; Bréhier 2023", takes_any,
                compiled<tamed_euler>},
    SchemeFacts{"theta", "drift-implicit theta", 1, 2, 0.5, 1, 2, ito, NoiseKind::two_point, "any",
                "Kloeden, Platen 1992, sections 12.2 and 15.4; Higham, Mao, Stuart 2002", takes_any,
                make<Theta>},
    SchemeFacts{"stochastic-heun", "stochastic Heun", 1, 2, 0.5, 1, 2, Calculus::stratonovich,
                NoiseKind::two_point, "any", "Rümelin 1982; Kloeden, Platen 1992, section 15.1", takes_any,
                compiled<stochastic_heun>},
    SchemeFacts{"platen-weak-2", "Platen's weak order 2", 2, 2, 0.5, 1, 2, ito, NoiseKind::three_point, "any",
                "Kloeden, Platen 1992, eq. 15.1.3", takes_any, compiled<platen_weak_2>},
    SchemeFacts{"roessler-srk", "Rößler's stochastic Runge-Kutta", 2, 2, 0.5, 1, 2, ito,
                NoiseKind::three_point, "any", "Rößler 2009; Debrabant, Rößler 2009 (DRI1)", takes_any,
                compiled<roessler_srk>},
    SchemeFacts{"leimkuhler-matthews", "Leimkuhler and Matthews", 1, 1, 1, 1, 2, ito, NoiseKind::two_point,
                "constant, with detailed balance", "Leimkuhler, Matthews 2013; Vilmart 2015",
                leimkuhler_matthews_refusal, compiled<leimkuhler_matthews>},
    SchemeFacts{"mala", "Metropolis-adjusted Langevin", 1, 1, 0.75, 0.75, exact, ito, NoiseKind::normal,
                "of a potential and constant temperature",
                "Roberts, Tweedie 1996; Bou-Rabee, Vanden-Eijnden 2010", mala_refusal, compiled<mala>},
    SchemeFacts{"ornstein-uhlenbeck", "exact Ornstein-Uhlenbeck", exact, exact, 1, 1, exact, ito,
                NoiseKind::normal, "constant, with a linear drift", "Gillespie 1996; Van Loan 1978",
                ornstein_uhlenbeck_refusal, make<OrnsteinUhlenbeck>},
    SchemeFacts{"baoab", "BAOAB", 2, 2, 1, 1, 2, ito, NoiseKind::three_point, "constant, in velocities alone",
                "Leimkuhler, Matthews 2013; 2015, ch. 7", underdamped_refusal, baoab},
    SchemeFacts{"obabo", "OBABO", 2, 2, 1, 1, 2, ito, NoiseKind::three_point, "constant, in velocities alone",
                "Bussi, Parrinello 2007", underdamped_refusal, obabo},
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

double gap_of_orders(const model::Domain& domain) { return domain.is_closed() ? 1 : 0.5; }

double strong_order(const SchemeFacts& scheme, const model::Process& process) {
  return has_additive_noise(process) ? scheme.strong_order_additive : scheme.strong_order;
}

const SchemeFacts* find_scheme(std::string_view name) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const SchemeFacts& s) { return s.name == name; });
  return row == table.end() ? nullptr : row;
}

}  // namespace fpk::sde
