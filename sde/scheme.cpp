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

constexpr std::array table = {
    // name, weak order, strong order, strong order for additive noise, source
    SchemeFacts{"euler-maruyama", 1, 0.5, 1,
                "Maruyama 1955; Kloeden, Platen 1992, theorem 10.2.2 and section 14.1; Talay, Tubaro 1990",
                make<EulerMaruyama>},
};

}  // namespace

std::span<const SchemeFacts> schemes() { return table; }

double weak_order(const SchemeFacts& scheme, const model::Domain& domain) {
  return domain.is_closed() ? scheme.weak_order : 0.5;
}

const SchemeFacts* find_scheme(std::string_view name) {
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const SchemeFacts& s) { return s.name == name; });
  return row == table.end() ? nullptr : row;
}

}  // namespace fpk::sde
