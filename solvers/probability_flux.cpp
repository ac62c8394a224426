#include "solvers/probability_flux.hpp"

#include <algorithm>

namespace fpk::solvers {

std::vector<double> probability_flux(const Generator& generator, std::span<const double> masses) {
  const law::GridPart& part = generator.part();
  const Rates& rates = generator.rates();
  Field m = generator.field();
  std::copy(masses.begin(), masses.end(), m.data());
  m.exchange();
  std::vector<double> J(3 * part.size(), 0.0);
  const auto half_per_area = [&](std::size_t c, std::size_t k) {
    return 0.5 * part.grid().axis(k).width(part.index(c)[k]) / part.volume(c);
  };
  for (std::size_t k = 0; k < rates.families.size(); ++k) {
    const auto& [shift, forward, backward] = rates.families[k];
    const auto through = [&, s = shift, f = forward.data(), b = backward.data()](std::ptrdiff_t below) {
      return f[below] * m.data()[below] - b[below] * m.data()[below + s];
    };
    for (std::size_t c = 0; c < part.size(); ++c) {
      const auto i = static_cast<std::ptrdiff_t>(c);
      // A cell in the first plane reads its lower neighbour's rates from the halo, and that neighbour's mass
      // with them.
      J[3 * c + k] += half_per_area(c, k) * (through(i) + through(i - shift));
    }
  }
  for (const auto& l : rates.links) {
    const auto from = static_cast<std::size_t>(l.from), to = static_cast<std::size_t>(l.to);
    const double flux = l.forward * masses[from] - l.backward * masses[to];
    std::size_t k = 0;  // the axis that the link closes: the one along which its ends differ
    while (part.index(from)[k] == part.index(to)[k]) ++k;
    J[3 * from + k] += half_per_area(from, k) * flux;
    J[3 * to + k] += half_per_area(to, k) * flux;
  }
  return J;
}

}  // namespace fpk::solvers
