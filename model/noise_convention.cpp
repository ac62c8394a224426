#include "model/noise_convention.hpp"

#include <algorithm>
#include <array>

namespace fpk::model {
namespace {

constexpr std::array<NoiseConvention, 3> table = {{
    {"ito", 0, " ", "Ito"},
    {"stratonovich", 0.5, " o ", "Stratonovich"},
    {"haenggi-klimontovich", 1, " • ", "Haenggi-Klimontovich"},
}};

}  // namespace

std::span<const NoiseConvention> noise_conventions() { return table; }

const NoiseConvention* find_noise_convention(std::string_view name) {
  const auto* found = std::ranges::find(table, name, &NoiseConvention::name);
  return found == table.end() ? nullptr : found;
}

Process in_ito_sense(Process process, const NoiseConvention& convention) {
  if (convention.alpha == 0) return process;
  process.given_in = find_noise_convention(convention.name);
  process.drift_as_given = process.drift;
  const auto& sigma = process.noise;
  for (std::size_t i = 0; i < process.dimension(); ++i)
    for (std::size_t k = 0; k < process.noise_sources(); ++k)
      for (std::size_t j = 0; j < process.dimension(); ++j)
        process.drift[i] = process.drift[i] + Formula(convention.alpha) * sigma[j][k] *
                                                  sigma[i][k].derivative(process.variables[j]);
  return process;
}

}  // namespace fpk::model
