#include "sde/scheme.hpp"

#include <algorithm>
#include <array>

#include "sde/schemes/euler_maruyama.hpp"

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
    //   weak order, strong order, strong order for additive noise, invariant order, calculus, least noise, noise
    //   source, refusal, make
    SchemeFacts{"euler-maruyama", "Euler and Maruyama", 1, 0.5, 1, 1, ito, NoiseKind::two_point, "any",
                "Maruyama 1955; Kloeden, Platen 1992, theorem 10.2.2 and section 14.1; Talay, Tubaro 1990",
                takes_any, make<EulerMaruyama>},
};

}  // namespace

std::span<const SchemeFacts> schemes() { return table; }

double weak_order_of(NoiseKind kind) {
  return kind == NoiseKind::two_point ? 1 : kind == NoiseKind::three_point ? 2 : exact;
}

double weak_order(const SchemeFacts& scheme, NoiseKind kind, const model::Domain& domain,
                  Absorption absorption) {
  return std::min({scheme.weak_order, weak_order_of(kind), weak_order_of(absorption, kind, domain)});
}

const SchemeFacts* find_scheme(std::string_view name) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const SchemeFacts& s) { return s.name == name; });
  return row == table.end() ? nullptr : row;
}

}  // namespace fpk::sde
