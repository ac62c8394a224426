#include "app/density_notes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace fpk::app {

std::string note_on_negative_density(const io::DensityRecord& density,
                                     const solvers::GeneratorTraits& generator) {
  if (density.minimum.empty()) return {};
  const double least = *std::min_element(density.minimum.begin(), density.minimum.end());
  if (least >= -negative_by_rounding) return {};
  std::string positive;
  for (const auto& p : solvers::propagators())
    if (p.positive && solvers::refusal(p, generator).empty())
      positive += (positive.empty() ? "" : " or ") + std::string(p.name);
  return fmt::format(
      "The density went down to {:.1e}: the propagator {} is not positive by construction. {}a smaller "
      "density.tolerance brings it nearer to zero.",
      least, density.propagator,
      positive.empty() ? "" : fmt::format("density.propagator = \"{}\" is; ", positive));
}

}  // namespace fpk::app
