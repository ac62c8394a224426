#include "solvers/probability_flux.hpp"

#include <algorithm>

namespace fpk::solvers {
namespace {

/// Half of a flux along an offset, given to one of the cells at its ends.
void add_half(const law::GridPart& part, std::size_t c, const Offset& offset, double flux,
              std::vector<double>& J) {
  const law::Index i = part.index(c);
  const double half_per_volume = 0.5 * flux / part.grid().volume(i);
  for (std::size_t k = 0; k < part.grid().dimension(); ++k)
    J[3 * c + k] += half_per_volume * offset[k] * part.grid().axis(k).width(i[k]);
}

}  // namespace

std::vector<double> probability_flux(const Generator& generator, std::span<const double> masses) {
  const law::GridPart& part = generator.part();
  const Rates& rates = generator.linear().rates();
  Field m = generator.field();
  std::copy(masses.begin(), masses.end(), m.data());
  m.exchange();
  std::vector<double> J(3 * part.size(), 0.0);
  for (const auto& family : rates.families) {
    const double *f = family.forward.data(), *b = family.backward.data();
    const auto through = [&](std::ptrdiff_t below) {
      return f[below] * m.data()[below] - b[below] * m.data()[below + family.shift];
    };
    for (std::size_t c = 0; c < part.size(); ++c) {
      const auto i = static_cast<std::ptrdiff_t>(c);
      // A cell in the first planes reads its lower neighbour's rates from the halo, and that neighbour's mass with them.
      add_half(part, c, family.offset, through(i) + through(i - family.shift), J);
    }
  }
  for (const auto& l : rates.links) {
    const double flux = l.forward * m.data()[l.from] - l.backward * m.data()[l.to];
    for (const auto end : {l.from, l.to})
      if (end >= 0 && end < static_cast<std::ptrdiff_t>(part.size()))
        add_half(part, static_cast<std::size_t>(end), l.offset, flux, J);
  }
  return J;
}

}  // namespace fpk::solvers
