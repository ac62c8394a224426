#include "solvers/spectrum/spectrum.hpp"

#include "solvers/spectrum/general_modes.hpp"
#include "solvers/spectrum/reversible_modes.hpp"

namespace fpk::solvers {

Spectrum leading_modes(const Generator& given, std::size_t count, Thoroughness thoroughness) {
  const Generator& generator = given.linear();
  Spectrum spectrum = generator.rates().log_weights ? reversible_modes(generator, count, thoroughness)
                                                    : general_modes(generator, count, thoroughness);
  const std::size_t first = generator.is_closed() ? 1 : 0;
  if (spectrum.modes.size() > first) spectrum.gap = spectrum.modes[first].eigenvalue.real();
  return spectrum;
}

}  // namespace fpk::solvers
